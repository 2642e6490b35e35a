import { fstatSync } from 'node:fs'
import { join } from 'node:path'
import { type AuditEntry, readEntry } from '../../../shared/audit/entry.ts'
import { type AuditFilter, isBefore, matchesFilter } from '../../../shared/audit/filter.ts'
import { logFiles, reading } from './audit-files.ts'
import { readLinesBack } from './read-lines.ts'
import type { LogPosition } from './read-log.ts'

/**
 * Entries, newest first. `next` is where to go on; null at the beginning of the log, or where nothing older can match.
 * There may be fewer than asked for and more to come: what a filter leaves out is not looked for without an end.
 */
export type BackPage = { entries: AuditEntry[]; unreadable: number; next: LogPosition | null }

/** Some 10 MB at most, which are read in a fraction of a second. */
const MAX_LINES = 20_000

/** Reads the log backwards from a position, or from its end, no further than it has to and at most `maxLines` at once. */
export function readBack(
  folder: string,
  filter: AuditFilter,
  limit: number,
  before: LogPosition | undefined,
  maxLines = MAX_LINES,
): BackPage {
  const page: BackPage = { entries: [], unreadable: 0, next: null }
  let lines = 0
  const files = logFiles(folder).filter(name => before === undefined || name <= before.file)
  for (const file of files.reverse()) {
    const isDone = reading(join(folder, file), descriptor => {
      const { size } = fstatSync(descriptor)
      const from = file === before?.file ? Math.min(before.offset, size) : size
      for (const line of readLinesBack(descriptor, from)) {
        // Half a line is one that is being written, or one that never will be.
        if (line.open) continue
        if (page.entries.length >= limit || lines >= maxLines) {
          page.next = { file, offset: line.end }
          return true
        }
        lines += 1
        const entry = readEntry(new TextDecoder().decode(line.bytes))
        if (entry === undefined) page.unreadable += 1
        else if (isBefore(entry, filter)) return true
        else if (matchesFilter(entry, filter)) page.entries.push(entry)
      }
      return false
    })
    if (isDone === true) break
  }
  return page
}
