import { lstatSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { basename, isAbsolute, join } from 'node:path'
import { realPath } from './real-path.ts'

/** The link to the copy that clients are to start. */
export const CURRENT = 'current'

/** Where copies of an AppImage's command line are: its own place changes with each start. */
export function copiesFolder(
  userHome: string,
  variables: Readonly<Record<string, string | undefined>>,
): string {
  const data = variables.XDG_DATA_HOME
  return join(data && isAbsolute(data) ? data : join(userHome, '.local', 'share'), 'kosmokrator', 'cli')
}

/** The name of a copy: the version, and what it is made of. */
export function copyName(version: string, id: string): string {
  return `${version}-${id.slice(0, 8)}`
}

/** Whether a folder is a copy that was finished, by its name. */
export function isCopyName(name: string): boolean {
  return /^\d[\w.+-]*-[0-9a-f]{8}$/.test(name)
}

/** Whether something in the folder of copies was put there by us, by its name: a person may keep there what they like. */
export function isOurs(folder: string, name: string): boolean {
  if (name === CURRENT) return lstatSync(join(folder, name)).isSymbolicLink()
  return isCopyName(name) || makerOf(name) !== undefined
}

/** The process that makes a copy, or was about to, by the name of what is not finished. */
function makerOf(name: string): number | undefined {
  const [, pid] = /^\..*\.(\d+)\.tmp$/.exec(name) ?? []
  return pid === undefined ? undefined : Number(pid)
}

/**
 * Removes copies that nobody needs: all but `keep`, the one that was used before it, and those that a process runs from.
 *
 * @param isAlive whether a process id is that of a process
 */
export function removeOldCopies(folder: string, keep: string, isAlive: (pid: number) => boolean): void {
  const names = readdirSync(folder)
  const old = names
    .filter(name => isCopyName(name) && name !== keep)
    .sort((a, b) => usedAt(join(folder, b)) - usedAt(join(folder, a)))
  const [, ...unneeded] = old
  const inUse = foldersInUse(folder)
  for (const name of unneeded) {
    if (!inUse.has(name)) rmSync(join(folder, name), { recursive: true, force: true })
  }
  for (const name of names) {
    const pid = makerOf(name)
    if (pid !== undefined && !isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

/** Names of the copies that a process other than this one runs from. */
export function foldersInUse(folder: string): Set<string> {
  const used = new Set<string>()
  // The system tells of a program where it really is, and a home folder may be a link.
  const place = realPath(folder)
  for (const pid of processes()) {
    if (pid === process.pid) continue
    try {
      const program = readlinkSync(`/proc/${pid}/exe`)
      const [name] = program.startsWith(`${place}/`) ? program.slice(place.length + 1).split('/') : []
      if (name !== undefined) used.add(name)
    } catch {
      // It has ended, or belongs to somebody else.
    }
  }
  return used
}

function processes(): number[] {
  try {
    return readdirSync('/proc')
      .filter(name => /^\d+$/.test(basename(name)))
      .map(Number)
  } catch {
    return []
  }
}

function usedAt(path: string): number {
  try {
    return statSync(path).mtimeMs
  } catch {
    return 0
  }
}
