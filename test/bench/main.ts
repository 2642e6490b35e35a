import { cpus } from 'node:os'
import { withLiveLine } from '../setup/live-line.mjs'
import { measureCalls, measureThroughput } from './calls.ts'
import { measureMemory } from './memory.ts'
import { measureRelay } from './relay.ts'
import { type Figures, report } from './report.ts'
import { startServerProcess } from './server-process.ts'
import { measureSizes } from './sizes.ts'
import { measureFirstCalls, measureStarts } from './starts.ts'

// Everything in one run and in turns, so that the figures can be compared with each other and with nothing else.
const json = process.argv.includes('--json')
const server = await startServerProcess()
const figures: Figures = {
  starts: await withLiveLine('Cold starts', () => measureStarts(server, 25)),
  firstCalls: await withLiveLine('First calls', () => measureFirstCalls(server, 15)),
  calls: await withLiveLine('Calls', () => measureCalls(server, 400)),
  throughput: await withLiveLine('Throughput', () => measureThroughput(server, 1_000)),
  memory: await withLiveLine('Memory', () => measureMemory(server)),
  relay: await withLiveLine('Through the broker', () => measureRelay(server, 15, 300)),
  sizes: await withLiveLine('Sizes', measureSizes),
}
server.close()

const machine = `${process.platform} ${process.arch}, ${cpus().length} cores, Node ${process.versions.node}`
if (json) console.log(JSON.stringify({ machine, ...figures }, null, 2))
else console.log(`\n${machine}. Medians, quartiles in brackets.\n\n${report(figures)}`)
