import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/*
 * What Linux says of a process. A process or a file of it that is gone meanwhile reads as nothing.
 */

/** Whether a process runs; one that has ended and that nobody has asked about does not. */
export function isRunning(pid: number): boolean {
  const state = statOf(pid)?.state
  return state !== undefined && state !== 'Z' && state !== 'X'
}

/** The processes that a process has started and that run. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => statOf(pid)?.parent === parent && isRunning(pid))
}

/** Arguments and environment of a process, as one text each. */
export function startedWith(pid: number): { args: string; variables: string } {
  return { args: readText(`/proc/${pid}/cmdline`), variables: readText(`/proc/${pid}/environ`) }
}

/** Megabytes of memory that are its own: what would be free if it ended. */
export function ownMemory(pid: number): number {
  const rollup = readText(`/proc/${pid}/smaps_rollup`)
  const kilobytes = [...rollup.matchAll(/^Private_\w+:\s+(\d+)/gm)].map(([, size]) => Number(size))
  return Math.round(kilobytes.reduce((sum, size) => sum + size, 0) / 1024)
}

/** Megabytes of memory that it has resident. */
export function residentMemory(pid: number): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readText(`/proc/${pid}/status`))?.[1] ?? 0) / 1024)
}

export type OpenFiles = {
  /** All file descriptors. */
  all: number
  /** Sockets that listen at a path. */
  listening: number
  /** Sockets that somebody has connected to at a path. */
  connected: number
}

/** What a process has open. */
export function openFiles(pid: number): OpenFiles {
  const targets = descriptors(pid)
  const own = new Set(targets.map(target => /^socket:\[(\d+)\]$/.exec(target)?.[1]))
  const named = readText('/proc/net/unix')
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    // Num RefCount Protocol Flags Type St Inode Path; pairs that were never bound have no path.
    .filter(([, , , , , , inode, path]) => path !== undefined && own.has(inode))
  const listening = named.filter(([, , , flags]) => flags === '00010000').length
  return { all: targets.length, listening, connected: named.length - listening }
}

function descriptors(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map(fd => readLink(`/proc/${pid}/fd/${fd}`))
  } catch {
    return []
  }
}

function statOf(pid: number): { state: string | undefined; parent: number } | undefined {
  const stat = readText(`/proc/${pid}/stat`)
  if (stat === '') return undefined
  const [state, parent] = stat.replace(/^.*\) /s, '').split(' ')
  return { state, parent: Number(parent) }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
