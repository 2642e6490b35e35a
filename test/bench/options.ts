import { parseArgs } from 'node:util'

/** What to measure, how thoroughly, and what to do with it. */
export type BenchOptions = {
  json: boolean
  quick: boolean
  /** Names of parts; empty: all. */
  only: readonly string[]
  /** A folder like dist/cli, whose program is measured in the same tables. */
  against: string | undefined
  /** Fail where a ratio is worse than recorded. */
  check: boolean
  /** Record the ratios. */
  record: boolean
  /** Write the tables into docs/performance.md. */
  write: boolean
  /** Write CPU profiles into this folder instead of measuring. */
  profile: string | undefined
}

/** The options of `npm run bench`. @throws Error with what is wrong with them */
export function parseBenchOptions(args: readonly string[], parts: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      against: { type: 'string' },
      check: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  })
  const only = values.only.split(',').filter(Boolean)
  const unknown = only.find(name => !parts.includes(name))
  if (unknown !== undefined) throw new Error(`--only=${unknown} is no part: there are ${parts.join(', ')}`)
  const { json, quick, against, check, record, write, profile } = values
  return { json, quick, only, against, check, record, write, profile }
}
