import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'

/** `words`: how it was started, the program first. */
export type AncestorProcess = { pid: number; words: string[] }

/** Longer chains than any that a person makes. */
const MOST = 64

/** The process and all above it, nearest first; undefined where the system does not tell. */
export async function ancestorsOf(
  pid: number,
  platform: NodeJS.Platform,
): Promise<AncestorProcess[] | undefined> {
  if (platform === 'linux') return chain(pid, procEntry)
  if (platform === 'win32') return undefined
  const table = await processTable()
  return table === undefined ? undefined : chain(pid, async each => table.get(each))
}

type Entry = { parent: number; words: string[] }

async function chain(
  pid: number,
  read: (pid: number) => Promise<Entry | undefined>,
): Promise<AncestorProcess[]> {
  const found: AncestorProcess[] = []
  let at = pid
  while (at > 0 && found.length < MOST) {
    const entry = await read(at)
    if (entry === undefined) break
    found.push({ pid: at, words: entry.words })
    at = entry.parent
  }
  return found
}

async function procEntry(pid: number): Promise<Entry | undefined> {
  try {
    const [stat, line] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
    ])
    return readStat(stat, line)
  } catch {
    return undefined
  }
}

/** Reads `/proc/<pid>/stat` and `cmdline`. */
export function readStat(stat: string, line: string): Entry {
  // The name stands in brackets and may hold brackets and blanks itself.
  const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
  const words = line.split('\0').filter(word => word !== '')
  return { parent: Number.isInteger(parent) ? parent : 0, words: words.length === 0 ? [name] : words }
}

function processTable(): Promise<Map<number, Entry> | undefined> {
  return new Promise(resolve => {
    const options = { timeout: 2_000, maxBuffer: 16_000_000 }
    execFile('/bin/ps', ['-axww', '-o', 'pid=,ppid=,command='], options, (error, out) => {
      resolve(error === null ? readTable(out) : undefined)
    })
  })
}

/** Reads what `ps -o pid=,ppid=,command=` prints. */
export function readTable(out: string): Map<number, Entry> {
  const table = new Map<number, Entry>()
  for (const line of out.split('\n')) {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    if (pid === undefined || command === undefined) continue
    table.set(Number(pid), { parent: Number(parent), words: command.split(' ').filter(word => word !== '') })
  }
  return table
}
