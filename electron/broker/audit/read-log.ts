import { fstatSync } from 'node:fs'
import { join } from 'node:path'
import { type AuditEntry, readEntry } from '../../../shared/audit/entry.ts'
import { type AuditFilter, isBefore, matchesFilter } from '../../../shared/audit/filter.ts'
import { logFiles, reading } from './audit-files.ts'
import { type RawLine, readLines, readLinesBack } from './read-lines.ts'

/** After the last line that was read. */
export type LogPosition = { file: string; offset: number }

/** Entries, oldest first; `unreadable` lines were passed over; `position` is where to read on. */
export type LogPage = { entries: AuditEntry[]; unreadable: number; position: LogPosition }

/** The last `limit` entries that match. Reads backwards from the end, no further than it has to. */
export function readLast(folder: string, filter: AuditFilter, limit: number): LogPage {
  const page: LogPage = { entries: [], unreadable: 0, position: { file: '', offset: 0 } }
  for (const file of logFiles(folder).reverse()) {
    const isDone = reading(join(folder, file), descriptor => {
      for (const line of readLinesBack(descriptor, fstatSync(descriptor).size)) {
        // Half a line is one that is being written, or one that never will be.
        if (line.open) continue
        if (page.position.file === '') page.position = { file, offset: line.end }
        if (page.entries.length >= limit) return true
        const entry = take(page, line, filter)
        if (entry !== undefined && isBefore(entry, filter)) return true
      }
      return false
    })
    if (isDone === true) break
  }
  page.entries.reverse()
  return page
}

/** What was written since, oldest first. */
export function readOn(folder: string, filter: AuditFilter, from: LogPosition): LogPage {
  const page: LogPage = { entries: [], unreadable: 0, position: from }
  for (const file of logFiles(folder).filter(name => name >= from.file)) {
    reading(join(folder, file), descriptor => {
      const { size } = fstatSync(descriptor)
      const offset = file === from.file ? Math.min(from.offset, size) : 0
      for (const line of readLines(descriptor, offset, size)) {
        if (line.open) return
        page.position = { file, offset: line.end }
        take(page, line, filter)
      }
    })
  }
  return page
}

function take(page: LogPage, line: RawLine, filter: AuditFilter): AuditEntry | undefined {
  const entry = readEntry(new TextDecoder().decode(line.bytes))
  if (entry === undefined) page.unreadable += 1
  else if (matchesFilter(entry, filter)) page.entries.push(entry)
  return entry
}
