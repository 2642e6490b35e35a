import { parseArgs } from 'node:util'
import type { AuditFilter } from '../../../shared/audit/filter.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { ellipsis } from '../../../shared/text/shorten.ts'
import { parseTime } from '../../../shared/text/time.ts'

export type AuditFormat = 'text' | 'json' | 'csv'

export type AuditFlags =
  | { kind: 'list'; filter: AuditFilter; limit: number; format: AuditFormat; follow: boolean }
  | { kind: 'verify'; json: boolean }
  | { kind: 'help' }
  | { kind: 'usage-error'; message: string }

const MAX_LIMIT = 1_000_000

/** Reads the flags of `kosmo audit`. Pure: says what is wrong instead of printing it. */
export function readAuditFlags(args: string[], now: number): AuditFlags {
  let values: ReturnType<typeof parse>
  try {
    values = parse(args)
  } catch (error) {
    return usage(error instanceof Error ? cleanLine(error.message.split('\n')[0] ?? '') : 'unreadable flags')
  }
  if (values.help) return { kind: 'help' }
  if (values.verify) return verifyFlags(values)
  const limit = Number(values.limit)
  if (!/^\d{1,7}$/.test(values.limit) || limit < 1 || limit > MAX_LIMIT)
    return usage(`--limit takes a whole number from 1 to ${MAX_LIMIT}`)
  if (values.json && values.csv) return usage('--json and --csv exclude each other')
  const since = values.since === undefined ? undefined : parseTime(values.since, now)
  if (since?.kind === 'not-a-time')
    return usage(`--since=${ellipsis(cleanLine(values.since ?? ''), 40)} is no time: ${since.why}`)
  const { client, decision, outcome, account } = values
  const filter = { client, decision, outcome, account, function: values.function, since: since?.at }
  const format = values.json ? 'json' : values.csv ? 'csv' : 'text'
  return { kind: 'list', filter, limit, format, follow: values.follow }
}

function parse(args: string[]) {
  return parseArgs({
    args,
    strict: true,
    allowPositionals: false,
    options: {
      limit: { type: 'string', default: '50' },
      since: { type: 'string' },
      client: { type: 'string' },
      function: { type: 'string' },
      decision: { type: 'string' },
      outcome: { type: 'string' },
      account: { type: 'string' },
      json: { type: 'boolean', default: false },
      csv: { type: 'boolean', default: false },
      follow: { type: 'boolean', default: false },
      verify: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values
}

/** What is verified is the whole log, so a flag that limits it would promise something else. */
function verifyFlags({ verify: _, json, help: __, limit, csv, follow, ...words }: ReturnType<typeof parse>) {
  const others = Object.values(words).some(word => word !== undefined)
  if (others || csv || follow || limit !== '50') return usage('--verify goes with --json only')
  return { kind: 'verify', json } as const
}

function usage(message: string): AuditFlags {
  return { kind: 'usage-error', message }
}
