import { closeSync, existsSync, fstatSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { HeadState } from '../../../shared/audit/head.ts'
import { type AuditCheck, AuditVerifier } from '../../../shared/audit/verify.ts'
import { sha256 } from '../../sha256.ts'
import { codeOf } from '../fault-code.ts'
import { lockPath, logFiles, openToRead, reading } from './audit-files.ts'
import { withFileLock } from './file-lock.ts'
import { readHead } from './head-record.ts'
import { readLines } from './read-lines.ts'

/** So many lines until others have their turn: the window and the calls of clients. */
const LINES_AT_ONCE = 1000

type Snapshot = { head: HeadState; files: { name: string; size: number }[] }

/**
 * Verifies the whole log as it is now, while others go on writing. What it cannot find (there is no secret in the
 * chain) stands at AuditVerifier. @param onProgress told now and then, in bytes
 */
export async function verifyLog(
  folder: string,
  waitMs: number,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<AuditCheck> {
  if (!existsSync(folder)) return { kind: 'empty' }
  const { head, files } = snapshot(folder, waitMs)
  const total = files.reduce((sum, { size }) => sum + size, 0)
  let before = 0
  let lines = 0
  const verifier = new AuditVerifier(sha256, head)
  for (const { name, size } of files) {
    const descriptor = openToRead(join(folder, name))
    if (descriptor === undefined) continue
    try {
      let number = 0
      for (const { bytes, open, end } of readLines(descriptor, 0, size)) {
        number += 1
        verifier.line({ file: name, line: number }, bytes, open)
        lines += 1
        if (lines % LINES_AT_ONCE !== 0) continue
        onProgress(before + end, total)
        await setImmediate()
      }
    } finally {
      closeSync(descriptor)
    }
    before += size
  }
  return verifier.finish()
}

/** End and sizes belong together only while nobody writes. Where the folder cannot be written, nobody does. */
function snapshot(folder: string, waitMs: number): Snapshot {
  const take = (): Snapshot => ({
    head: readHead(folder),
    files: logFiles(folder).map(name => ({
      name,
      size: reading(join(folder, name), descriptor => fstatSync(descriptor).size) ?? 0,
    })),
  })
  try {
    return withFileLock(lockPath(folder), waitMs, take)
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '')) throw error
    return take()
  }
}
