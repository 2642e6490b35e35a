import type { AuditEntry } from '../../../shared/audit/entry.ts'

const FIELDS = ['client', 'account', 'function'] as const

/** Words that entries had so far: what can be filtered for. The log itself has no list of them. */
export type Seen = { readonly [field in (typeof FIELDS)[number]]: readonly string[] }

export const SEEN_NOTHING: Seen = { client: [], account: [], function: [] }

/** More than fit in a list that somebody chooses from. */
const MOST = 200

/** What was seen with what these entries have; the same value where they have nothing new. */
export function seenMore(before: Seen, entries: readonly AuditEntry[]): Seen {
  const next = FIELDS.map(field => {
    const all = new Set([...before[field], ...entries.flatMap(entry => entry[field] ?? [])])
    const isMore = all.size > before[field].length && before[field].length < MOST
    return [field, isMore ? [...all].sort().slice(0, MOST) : before[field]] as const
  })
  const isSame = next.every(([field, values]) => values === before[field])
  return isSame ? before : { ...before, ...Object.fromEntries(next) }
}
