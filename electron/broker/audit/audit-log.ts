import { type AuditDraft, type AuditEntry, auditDraft } from '../../../shared/audit/entry.ts'
import type { AuditFilter } from '../../../shared/audit/filter.ts'
import type { AuditCheck } from '../../../shared/audit/verify.ts'
import { appendEntries } from './append-entry.ts'
import { auditFault } from './audit-error.ts'
import { Batch } from './batch.ts'
import { type BackPage, readBack } from './read-back.ts'
import { type LogPage, type LogPosition, readLast, readOn } from './read-log.ts'
import { verifyLog } from './verify-log.ts'

/** Longer than any fsync takes on a disk that works. */
const WAIT_MS = 5_000

/** The audit log. Everything throws a KosmoError (`audit_failed`) where the log cannot be used. */
export type AuditLog = {
  /**
   * Appends an entry and gives it back as it stands in the log. `durable`: on disk before it returns, for decisions
   * and writes. Throws where it could not be recorded; nothing of it is in the log then.
   */
  append(draft: AuditDraft, options?: { durable?: boolean }): AuditEntry
  /**
   * Appends an entry within 25 ms, together with what comes meanwhile: to lock, write and unlock costs more than a
   * call. A process that is killed before has not recorded it; one that ends has. `written` is told how it went, once
   * for all that went together.
   */
  appendSoon(draft: AuditDraft, written: (fault: unknown) => void): void
  /** Appends at once what waits. */
  flush(): void
  /** The last `limit` entries that match, oldest first. */
  read(filter: AuditFilter, limit: number): LogPage
  /** What was written after the position of an earlier page. */
  readOn(filter: AuditFilter, from: LogPosition): LogPage
  /** Up to `limit` entries that match, newest first, from before a position; see `BackPage`. */
  readBack(filter: AuditFilter, limit: number, before?: LogPosition): BackPage
  /** Verifies the whole chain; what that can and cannot find stands at AuditVerifier. */
  verify(): Promise<AuditCheck>
}

/**
 * Opens the log in a folder of its own (0700, files 0600): a line an entry, a file a month. Any number of processes
 * may; nothing is kept in memory but what is about to be written, and nothing is made before the first entry. A draft has the text of a message only
 * where the person turned that on: the caller's to know. `waitMs`: how long to wait for other processes.
 */
export function openAudit(folder: string, options: { now: () => number; waitMs?: number }): AuditLog {
  const { now, waitMs = WAIT_MS } = options
  const batch = new Batch(waiting => void appendEntries(folder, waiting, { waitMs, durable: false }))
  const dated = (draft: AuditDraft) => ({ draft: auditDraft.parse(draft), at: now() })
  const guarded = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw auditFault(folder, error)
    }
  }
  /** What is read has everything in it that was recorded here. */
  const reading = <T>(work: () => T): T => {
    batch.flush()
    return guarded(work)
  }
  return {
    append(draft, { durable = false } = {}) {
      batch.flush()
      const [entry] = guarded(() => appendEntries(folder, [dated(draft)], { waitMs, durable }))
      if (entry === undefined) throw new Error('one draft makes one entry')
      return entry
    },
    appendSoon(draft, written) {
      batch.add(dated(draft), fault => written(fault === undefined ? undefined : auditFault(folder, fault)))
    },
    flush: () => batch.flush(),
    read: (filter, limit) => reading(() => readLast(folder, filter, limit)),
    readOn: (filter, from) => reading(() => readOn(folder, filter, from)),
    readBack: (filter, limit, before) => reading(() => readBack(folder, filter, limit, before)),
    async verify() {
      batch.flush()
      try {
        return await verifyLog(folder, waitMs)
      } catch (error) {
        throw auditFault(folder, error)
      }
    },
  }
}
