import { setImmediate as others } from 'node:timers/promises'
import type { AuditFilter } from '../../../shared/audit/filter.ts'
import type { AuditLog } from './audit-log.ts'
import type { BackPage } from './read-back.ts'
import type { LogPosition } from './read-log.ts'

/** 32 MB at most, in pieces between which clients and windows have their turn: part of a second. */
const MOST_PIECES = 16

/**
 * Up to `limit` entries that match, newest first, from before a position: one look of a person, as `readBack` in
 * pieces. `lookedBackTo` is there where it ended before it had found enough, with more of the log before it.
 */
export async function lookBack(
  audit: Pick<AuditLog, 'readBack'>,
  filter: AuditFilter,
  limit: number,
  before: LogPosition | undefined,
): Promise<BackPage> {
  const page: BackPage = { entries: [], unreadable: 0, next: null }
  let lookedBackTo: string | undefined
  let from = before
  for (let piece = 1; ; piece++) {
    const read = audit.readBack(filter, limit - page.entries.length, from)
    page.entries.push(...read.entries)
    page.unreadable += read.unreadable
    page.next = read.next
    lookedBackTo = read.lookedBackTo ?? lookedBackTo
    if (read.next === null || page.entries.length >= limit) return page
    if (piece >= MOST_PIECES) return { ...page, ...(lookedBackTo !== undefined && { lookedBackTo }) }
    from = read.next
    await others()
  }
}
