import { existsSync, readFileSync } from 'node:fs'

/** What Linux tells of processes; elsewhere nothing does without a native part. */
export const canLookAtProcesses = existsSync('/proc/self/smaps_rollup')

/** A tick of the processor's clock, which `getconf CLK_TCK` gives as 100 wherever Node runs. */
const TICKS_PER_SECOND = 100

/** The processes that a process has started and that still run, in the order of their start. */
export function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)
}

/** Seconds of processor time that a process has used; 0 where it is gone. */
export function secondsOf(pid: number): number {
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /, '')
    .split(' ')
  const [user = 0, system = 0] = fields.slice(11, 13).map(Number)
  return (user + system) / TICKS_PER_SECOND
}

/** Megabytes that only this process has (USS). */
export function privateMegabytes(pid: number): number {
  const text = read(`/proc/${pid}/smaps_rollup`)
  const kilobytes = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm)].map(match =>
    Number(match[1]),
  )
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
