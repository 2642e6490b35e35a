import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from '../fault-code.ts'

const NAME = /^\d{4}-(0[1-9]|1[0-2])\.jsonl$/

/** Where the log is, in our folder (electron/broker/home.ts). */
export function auditFolder(home: string): string {
  return join(home, 'audit')
}

/** The lock under which the log is written. */
export function lockPath(folder: string): string {
  return join(folder, 'lock')
}

/** Makes the folder, for its owner alone. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (process.platform !== 'win32' && (statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700)
}

/** The files of the log, oldest first; none where there is no folder. */
export function logFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(name => NAME.test(name))
      .sort()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

/** The file that belongs to a time, by its month in UTC. */
export function fileOf(at: string): string {
  return `${at.slice(0, 7)}.jsonl`
}

/** Opens a file for reading, gives it away and closes it; undefined where there is none. */
export function reading<T>(path: string, work: (descriptor: number) => T): T | undefined {
  const descriptor = openToRead(path)
  if (descriptor === undefined) return undefined
  try {
    return work(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Undefined where there is no such file. */
export function openToRead(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Reads from `at` as much as there is, at most the buffer. */
export function readAt(descriptor: number, buffer: Buffer, at: number): number {
  let done = 0
  while (done < buffer.length) {
    const count = readSync(descriptor, buffer, done, buffer.length - done, at + done)
    if (count === 0) break
    done += count
  }
  return done
}
