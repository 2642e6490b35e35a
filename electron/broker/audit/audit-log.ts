import type { AuditDraft, AuditEntry } from '../../../shared/audit/entry.ts'
import type { AuditFilter } from '../../../shared/audit/filter.ts'
import type { AuditCheck } from '../../../shared/audit/verify.ts'
import { appendEntries, type Dated } from './append-entry.ts'
import { auditFault } from './audit-error.ts'
import { Batch } from './batch.ts'
import { checkDraft } from './check-draft.ts'
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
   * for all that went together; of a draft that is none, at once and alone.
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
  /** Verifies the whole chain, telling how many bytes are done; what it can and cannot find stands at AuditVerifier. */
  verify(onProgress?: (done: number, total: number) => void): Promise<AuditCheck>
}

/**
 * Opens the log in a folder of its own (0700, files 0600): a line an entry, a file a month. Any number of processes
 * may; nothing is kept in memory but what is about to be written, and nothing is made before the first entry. A draft
 * has the text of a message only where the person turned that on: the caller's to know. `waitMs`: how long to wait for
 * other processes.
 */
export function openAudit(folder: string, options: { now: () => number; waitMs?: number }): AuditLog {
  const { now, waitMs = WAIT_MS } = options
  const batch = new Batch(waiting => void write(waiting, false))
  const guarded = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw auditFault(folder, error)
    }
  }
  const write = (dated: Dated[], durable: boolean) => appendEntries(folder, dated, { waitMs, durable })
  /** What is read has everything in it that was recorded here. */
  const reading = <T>(work: () => T): T => {
    batch.flush()
    return guarded(work)
  }
  return {
    append(draft, { durable = false } = {}) {
      batch.flush()
      const [entry] = guarded(() => write([{ draft: checkDraft(draft), at: now() }], durable))
      if (entry === undefined) throw new Error('one draft makes one entry')
      return entry
    },
    appendSoon(draft, written) {
      let checked: AuditDraft
      try {
        checked = checkDraft(draft)
      } catch (error) {
        return written(error)
      }
      batch.add({ draft: checked, at: now() }, fault =>
        written(fault === undefined ? undefined : auditFault(folder, fault)),
      )
    },
    flush: () => batch.flush(),
    read: (filter, limit) => reading(() => readLast(folder, filter, limit)),
    readOn: (filter, from) => reading(() => readOn(folder, filter, from)),
    readBack: (filter, limit, before) => reading(() => readBack(folder, filter, limit, before)),
    async verify(onProgress) {
      batch.flush()
      try {
        return await verifyLog(folder, waitMs, onProgress)
      } catch (error) {
        throw auditFault(folder, error)
      }
    },
  }
}
