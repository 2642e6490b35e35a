import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type AuditDraft, type AuditEntry, auditDraft } from '../../../shared/audit/entry.ts'
import { GENESIS, makeLine } from '../../../shared/audit/link.ts'
import { fileOf, lockPath, logFiles, makeFolder, readAt, sha256, syncFolder } from './audit-files.ts'
import { withFileLock } from './file-lock.ts'
import { findTip } from './find-tip.ts'
import { readHead, writeHead } from './head-record.ts'

export type AppendOptions = { now: () => number; waitMs: number; durable: boolean }

const LINE_FEED = 0x0a

/** Appends one entry under the lock: all of it, or nothing and an error. */
export function appendEntry(folder: string, draft: AuditDraft, options: AppendOptions): AuditEntry {
  const clean = auditDraft.parse(draft)
  makeFolder(folder)
  return withFileLock(lockPath(folder), options.waitMs, check => {
    const files = logFiles(folder)
    const head = readHead(folder)
    const tip = findTip(folder, files, head)
    // Before the first line, so that a log without a record is one from which it was removed.
    if (tip.file === '' && tip.lost !== true) writeHead(folder, { seq: 0, hash: GENESIS, file: '', size: 0 })
    const at = new Date(options.now()).toISOString()
    // Never back to an earlier file, whatever the clock says: the order of the files is that of the chain.
    const file = [fileOf(at), tip.file, ...files].reduce((a, b) => (a > b ? a : b))
    const { torn, lost } = tip
    const after = tip.file === '' || tip.file === file ? undefined : tip.file
    const entry = { seq: tip.seq + 1, at, ...clean }
    const { line, hash } = makeLine({ ...entry, after, torn, lost }, tip.hash, sha256)
    write(folder, file, line, { durable: options.durable, check }, size =>
      writeHead(folder, { seq: entry.seq, hash, file, size }),
    )
    return { ...entry, prev: tip.hash, hash }
  })
}

function write(
  folder: string,
  file: string,
  line: string,
  { durable, check }: { durable: boolean; check: () => void },
  recordEnd: (size: number) => void,
): void {
  const descriptor = openSync(join(folder, file), 'a+', 0o600)
  try {
    const { size } = fstatSync(descriptor)
    // What a killed process left half written ends here, so that ours stands alone.
    const bytes = Buffer.from(`${endsWhole(descriptor, size) ? '' : '\n'}${line}\n`)
    check()
    try {
      if (writeSync(descriptor, bytes) !== bytes.length) throw Object.assign(new Error(), { code: 'ENOSPC' })
      if (durable) fsyncSync(descriptor)
      recordEnd(size + bytes.length)
    } catch (error) {
      undo(descriptor, size)
      throw error
    }
    if (durable && size === 0) syncFolder(folder)
  } finally {
    closeSync(descriptor)
  }
}

function endsWhole(descriptor: number, size: number): boolean {
  if (size === 0) return true
  const last = Buffer.alloc(1)
  readAt(descriptor, last, size - 1)
  return last[0] === LINE_FEED
}

/** Who asked is told that nothing was recorded, so nothing may stand there. */
function undo(descriptor: number, size: number): void {
  try {
    ftruncateSync(descriptor, size)
  } catch {
    // The next entry attests what is left.
  }
}
