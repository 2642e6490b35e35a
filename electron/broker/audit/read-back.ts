import { fstatSync } from 'node:fs'
import { join } from 'node:path'
import { type AuditEntry, readEntry } from '../../../shared/audit/entry.ts'
import { type AuditFilter, isBefore, matchesFilter } from '../../../shared/audit/filter.ts'
import { logFiles, reading } from './audit-files.ts'
import { type ReadBudget, readLinesBack } from './read-lines.ts'
import type { LogPosition } from './read-log.ts'

/**
 * Entries, newest first. `next` is where to go on; null at the beginning of the log, or where nothing older can match.
 * There may be fewer than asked for and more to come: what a filter leaves out is not looked for without an end.
 * `lookedBackTo`: the time of the oldest entry that was looked at, for whoever is told so.
 */
export type BackPage = {
  entries: AuditEntry[]
  unreadable: number
  next: LogPosition | null
  lookedBackTo?: string
}

/** What is looked through at once: a few hundredths of a second, in which nobody else has their turn. */
export type BackLimits = { lines: number; bytes: number }
const LIMITS: BackLimits = { lines: 4_000, bytes: 2 * 1024 * 1024 }

/** Reads the log backwards from a position, or from its end, no further than it has to and at most to the limits. */
export function readBack(
  folder: string,
  filter: AuditFilter,
  limit: number,
  before: LogPosition | undefined,
  limits = LIMITS,
): BackPage {
  const page: BackPage = { entries: [], unreadable: 0, next: null }
  const budget: ReadBudget = { bytes: limits.bytes }
  let lines = 0
  const files = logFiles(folder).filter(name => before === undefined || name <= before.file)
  for (const file of files.reverse()) {
    const isDone = reading(join(folder, file), descriptor => {
      const { size } = fstatSync(descriptor)
      const from = file === before?.file ? Math.min(before.offset, size) : size
      for (const line of readLinesBack(descriptor, from, budget)) {
        // Half a line is one that is being written, or one that never will be.
        if (line.open) continue
        if (page.entries.length >= limit || lines >= limits.lines) {
          page.next = { file, offset: line.end }
          return true
        }
        lines += 1
        const entry = readEntry(new TextDecoder().decode(line.bytes))
        if (entry === undefined) {
          page.unreadable += 1
          continue
        }
        page.lookedBackTo = entry.at
        if (isBefore(entry, filter)) return true
        if (matchesFilter(entry, filter)) page.entries.push(entry)
      }
      if (budget.stoppedAt === undefined) return false
      page.next = { file, offset: budget.stoppedAt }
      return true
    })
    if (isDone === true) break
  }
  return page
}
