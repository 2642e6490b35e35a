import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { withLiveLine } from '../setup/live-line.mjs'
import { type Bench, machine } from './bench.ts'
import { recordBounds, worseThanRecorded } from './bounds-file.ts'
import { withBench } from './open-bench.ts'
import { type BenchOptions, parseBenchOptions } from './options.ts'
import { PARTS } from './parts.ts'
import { withTables } from './performance-page.ts'
import { profilePrograms } from './profile.ts'
import { findPrograms } from './programs.ts'
import { report } from './report.ts'
import { runtimes } from './runtimes.ts'
import type { Section } from './section.ts'

const PAGE = fileURLToPath(new URL('../../docs/performance.md', import.meta.url))
const names = PARTS.map(({ name }) => name)
const options = optionsOrExit()
const nodes = runtimes()
const where = machine(nodes)

function optionsOrExit(): BenchOptions {
  try {
    const parsed = parseBenchOptions(process.argv.slice(2), names)
    findPrograms(parsed.against)
    return parsed
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(2)
  }
}

/** Everything in one run and in turns, so that the figures can be compared with each other and with nothing else. */
async function measureAll(bench: Bench): Promise<Section[]> {
  const { profile, only } = options
  if (profile !== undefined) return profilePrograms(bench, profile)
  const measured: Section[] = []
  for (const { name, doing, measure } of PARTS) {
    if (only.length > 0 && !only.includes(name)) continue
    measured.push(...(await withLiveLine(doing, () => measure(bench))))
  }
  return measured
}

const sections = await withBench(options, measureAll)

if (options.json) console.log(JSON.stringify({ machine: where, sections }, null, 2))
else console.log(`\n${where}. Medians, quartiles in brackets.\n\n${report(sections)}`)

if (options.check) {
  const worse = worseThanRecorded(sections, nodes)
  for (const line of worse) console.error(line)
  console.error(worse.length === 0 ? 'Nothing is worse than what was recorded.' : `${worse.length} worse.`)
  if (worse.length > 0) process.exitCode = 1
}
if (options.record) recordBounds(sections, where)
if (options.write) writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), sections, where))
