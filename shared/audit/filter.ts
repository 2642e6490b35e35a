import type { AuditEntry } from './entry.ts'

const WORDS = ['client', 'function', 'decision', 'outcome', 'account'] as const

/** What to list: every word that is given has to be the entry's, whatever its case; `since` in milliseconds. */
export type AuditFilter = { since?: number | undefined } & {
  [word in (typeof WORDS)[number]]?: string | undefined
}

/** Whether an entry is asked for. */
export function matchesFilter(entry: AuditEntry, filter: AuditFilter): boolean {
  if (filter.since !== undefined && !(Date.parse(entry.at) >= filter.since)) return false
  return WORDS.every(word => {
    const wanted = filter[word]
    return wanted === undefined || entry[word]?.toLowerCase() === wanted.toLowerCase()
  })
}

/** A clock that was set back makes an entry older than those before it, but hardly by more than a day. */
const CLOCK_JUMP_MS = 86_400_000

/** Whether an entry is so old that none before it can be asked for. */
export function isBefore(entry: AuditEntry, filter: AuditFilter): boolean {
  return filter.since !== undefined && Date.parse(entry.at) < filter.since - CLOCK_JUMP_MS
}
