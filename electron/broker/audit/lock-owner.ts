import { randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isAlive } from '../../is-alive.ts'

/**
 * Who holds a lock. A process id alone says little: ids are used again, and a container that shares the folder counts
 * its own. So the start of the process and the place where its id counts are with it.
 */
export type LockOwner = { pid: number; start: string; place: string; nonce: string }

/** A lock is held for milliseconds. Where nobody can tell whether its holder lives, it is over after this. */
const SURELY_OVER_MS = 30_000

let here: string | undefined
let started: string | undefined

/** This process as owner; every time another nonce. */
export function newOwner(): LockOwner {
  started ??= processFacts(process.pid)?.start ?? '-'
  return { pid: process.pid, start: started, place: place(), nonce: randomBytes(8).toString('hex') }
}

/** The content of a lock file. */
export function ownerText({ pid, start, place, nonce }: LockOwner): string {
  return `${pid} ${start} ${place} ${nonce}\n`
}

/** Undefined where the content is not ours. */
export function readOwner(text: string): LockOwner | undefined {
  const [, pid, start, where, nonce] = /^(\d{1,10}) (\S+) (\S+) ([0-9a-f]{16})\n$/.exec(text) ?? []
  if (pid === undefined || start === undefined || where === undefined || nonce === undefined) return undefined
  return { pid: Number(pid), start, place: where, nonce }
}

/** Whether the holder is gone; `ageMs` is the age of its lock. */
export function isGone(owner: LockOwner | undefined, ageMs: number): boolean {
  if (owner === undefined || owner.place !== place()) return ageMs > SURELY_OVER_MS
  if (!isAlive(owner.pid)) return true
  const facts = processFacts(owner.pid)
  if (facts === undefined || owner.start === '-') return ageMs > SURELY_OVER_MS
  // A zombie is dead: its parent may be who waits here and cannot reap it meanwhile.
  return facts.state === 'Z' || facts.start !== owner.start
}

/** State and start of a process, where the system tells them to anybody (Linux). */
function processFacts(pid: number): { state: string; start: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name comes second, in brackets, and may contain brackets itself; the start is field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, start] = [fields[0], fields[19]]
    return state === undefined || start === undefined ? undefined : { state, start }
  } catch {
    return undefined
  }
}

function place(): string {
  here ??= `${hostname()}${pidNamespace()}`.replace(/\s/g, '_') || '-'
  return here
}

function pidNamespace(): string {
  try {
    return `/${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return ''
  }
}
