import {
  closeSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { KosmoError } from '../../../shared/errors.ts'
import { codeOf } from '../fault-code.ts'
import { isGone, type LockOwner, newOwner, ownerText, readOwner } from './lock-owner.ts'

/** Each level is a takeover in which the process was killed within microseconds. */
const MAX_LEVELS = 4

/** What Windows says while somebody else has the file open for a moment. */
const BUSY = new Set(['EPERM', 'EBUSY', 'EACCES'])

/**
 * Runs `work` while no other process does; synchronous, because so is what it protects. Waits at most `waitMs` and
 * throws a KosmoError then. `work` gets a check to call just before it writes: it throws if the lock was lost.
 *
 * A lock appears whole, with its owner in it, by a hard link, which fails where the name is taken (as O_EXCL does). The
 * lock of a process that is gone is never removed, only replaced, and only by who holds the lock above it (`.next`) and
 * has seen it unchanged since: so of two that take over one is always second.
 */
export function withFileLock<T>(path: string, waitMs: number, work: (check: () => void) => T): T {
  const until = performance.now() + waitMs
  const owner = acquire(path, until, 0)
  try {
    return work(() => {
      if (ownerOf(path)?.text !== ownerText(owner)) throw held(path)
    })
  } finally {
    release(path, owner)
  }
}

function acquire(path: string, until: number, level: number): LockOwner {
  const owner = newOwner()
  const draft = `${path}.${owner.pid}.${owner.nonce}`
  try {
    write(draft, ownerText(owner))
    for (;;) {
      if (link(draft, path) || takeOver(draft, path, until, level)) return owner
      if (performance.now() > until) throw held(path)
      pause()
    }
  } finally {
    unlink(draft)
  }
}

function takeOver(draft: string, path: string, until: number, level: number): boolean {
  const dead = ownerOf(path)
  if (dead === undefined || level >= MAX_LEVELS || !isGone(dead.owner, dead.ageMs)) return false
  const above = `${path}.next`
  const guard = acquire(above, until, level + 1)
  try {
    if (ownerOf(path)?.text !== dead.text) return false
    renameSync(draft, path)
    sweep(path)
    return true
  } catch (error) {
    if (BUSY.has(codeOf(error) ?? '')) return false
    throw error
  } finally {
    release(above, guard)
  }
}

function write(path: string, text: string): void {
  const descriptor = openSync(path, 'wx', 0o600)
  try {
    if (writeSync(descriptor, text) !== Buffer.byteLength(text))
      throw Object.assign(new Error(), { code: 'ENOSPC' })
  } finally {
    closeSync(descriptor)
  }
}

function link(draft: string, path: string): boolean {
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || (process.platform === 'win32' && BUSY.has(codeOf(error) ?? '')))
      return false
    throw error
  }
}

function ownerOf(path: string): { text: string; owner: LockOwner | undefined; ageMs: number } | undefined {
  try {
    const ageMs = Date.now() - statSync(path).mtimeMs
    const text = readFileSync(path, 'utf8')
    return { text, owner: readOwner(text), ageMs }
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || BUSY.has(codeOf(error) ?? '')) return undefined
    throw error
  }
}

function release(path: string, owner: LockOwner): void {
  for (let tries = 0; tries < 20; tries += 1) {
    if (ownerOf(path)?.owner?.nonce !== owner.nonce) return
    if (unlink(path)) return
    pause()
  }
}

/** Drafts of processes that were killed before they had the lock. */
function sweep(path: string): void {
  const folder = dirname(path)
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(path)}.`) || !/\.\d+\.[0-9a-f]{16}$/.test(name)) continue
    const draft = ownerOf(join(folder, name))
    if (draft !== undefined && isGone(draft.owner, draft.ageMs)) unlink(join(folder, name))
  }
}

function unlink(path: string): boolean {
  try {
    unlinkSync(path)
    return true
  } catch (error) {
    return codeOf(error) === 'ENOENT'
  }
}

const clock = new Int32Array(new SharedArrayBuffer(4))

/** One to five milliseconds, so that those who wait do not come at once. */
function pause(): void {
  Atomics.wait(clock, 0, 0, 1 + Math.random() * 4)
}

function held(path: string): KosmoError {
  const owner = ownerOf(path)?.owner
  const who = owner === undefined ? 'another process' : `process ${owner.pid}`
  return new KosmoError(
    'audit_failed',
    `The audit log is held by ${who} and did not become free (${path}), and what cannot be recorded is not done. Try again; if that process hangs, end it.`,
  )
}
