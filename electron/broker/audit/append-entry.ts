import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditDraft, AuditEntry } from '../../../shared/audit/entry.ts'
import { GENESIS, makeLine } from '../../../shared/audit/link.ts'
import { sha256 } from '../../sha256.ts'
import { syncFolder } from '../sync-folder.ts'
import { fileOf, lockPath, logFiles, makeFolder, readAt } from './audit-files.ts'
import { withFileLock } from './file-lock.ts'
import { findTip } from './find-tip.ts'
import { readHead, writeHead } from './head-record.ts'

export type AppendOptions = { waitMs: number; durable: boolean }

const LINE_FEED = 0x0a

/** A checked draft and the time (epoch milliseconds) of what it tells. */
export type Dated = { draft: AuditDraft; at: number }

/** Appends entries under one lock: all of them, or nothing and an error. Of none it makes none. */
export function appendEntries(folder: string, dated: Dated[], options: AppendOptions): AuditEntry[] {
  const clean = dated.map(({ draft, at }) => ({ at: new Date(at).toISOString(), ...draft }))
  const [first] = clean
  if (first === undefined) return []
  makeFolder(folder)
  return withFileLock(lockPath(folder), options.waitMs, check => {
    const files = logFiles(folder)
    const head = readHead(folder)
    const tip = findTip(folder, files, head)
    // Before the first line, so that a log without a record is one from which it was removed.
    if (tip.file === '' && tip.lost !== true) writeHead(folder, { seq: 0, hash: GENESIS, file: '', size: 0 })
    // Never back to an earlier file, whatever the clock says: the order of the files is that of the chain.
    const file = [fileOf(first.at), tip.file, ...files].reduce((a, b) => (a > b ? a : b))
    const { torn, lost } = tip
    const after = tip.file === '' || tip.file === file ? undefined : tip.file
    let end = { seq: tip.seq, hash: tip.hash }
    const made = clean.map((fields, nth) => {
      const entry = { seq: end.seq + 1, ...fields }
      const prev = end.hash
      const { line, hash } = makeLine(nth === 0 ? { ...entry, after, torn, lost } : entry, prev, sha256)
      end = { seq: entry.seq, hash }
      return { line, entry: { ...entry, prev, hash } }
    })
    const text = made.map(({ line }) => line).join('\n')
    write(folder, file, text, { durable: options.durable, check }, size =>
      writeHead(folder, { ...end, file, size }),
    )
    return made.map(({ entry }) => entry)
  })
}

function write(
  folder: string,
  file: string,
  lines: string,
  { durable, check }: { durable: boolean; check: () => void },
  recordEnd: (size: number) => void,
): void {
  const descriptor = openSync(join(folder, file), 'a+', 0o600)
  try {
    const { size } = fstatSync(descriptor)
    // What a killed process left half written ends here, so that ours stands alone.
    const bytes = Buffer.from(`${endsWhole(descriptor, size) ? '' : '\n'}${lines}\n`)
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
