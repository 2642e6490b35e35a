import { withLiveLine } from '../setup/live-line.mjs'
import { machine } from './bench.ts'
import { withBench } from './open-bench.ts'
import { parseBenchOptions } from './options.ts'
import { PARTS } from './parts.ts'
import { report } from './report.ts'
import { runtimes } from './runtimes.ts'
import type { Section } from './section.ts'

// Everything in one run and in turns, so that the figures can be compared with each other and with nothing else.
const names = PARTS.map(({ name }) => name)
const options = parseBenchOptions(process.argv.slice(2), names)

const sections = await withBench(options, async bench => {
  const measured: Section[] = []
  for (const { name, doing, measure } of PARTS) {
    if (options.only.length > 0 && !options.only.includes(name)) continue
    measured.push(...(await withLiveLine(doing, () => measure(bench))))
  }
  return measured
})

const where = machine(runtimes())
if (options.json) console.log(JSON.stringify({ machine: where, sections }, null, 2))
else console.log(`\n${where}. Medians, quartiles in brackets.\n\n${report(sections)}`)
