import { closeSync, constants, fchmodSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import {
  type AuditHead,
  HEAD_FILE,
  type HeadState,
  headText,
  readHeadText,
} from '../../../shared/audit/head.ts'
import { codeOf } from '../fault-code.ts'

/** Reads the record of the log's end. */
export function readHead(folder: string): HeadState {
  try {
    return readHeadText(readFileSync(join(folder, HEAD_FILE), 'utf8'))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { kind: 'missing' }
    throw error
  }
}

/** Writes the record over the one before, with one write of always the same length. */
export function writeHead(folder: string, head: AuditHead): void {
  const descriptor = openSync(join(folder, HEAD_FILE), constants.O_WRONLY | constants.O_CREAT, 0o600)
  try {
    if (process.platform !== 'win32') fchmodSync(descriptor, 0o600)
    const bytes = Buffer.from(headText(head))
    if (writeSync(descriptor, bytes, 0, bytes.length, 0) !== bytes.length)
      throw Object.assign(new Error(), { code: 'ENOSPC' })
  } finally {
    closeSync(descriptor)
  }
}
