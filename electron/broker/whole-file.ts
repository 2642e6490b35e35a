import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { faultCode } from './fault-code.ts'
import { syncFolder } from './sync-folder.ts'

export type ReadWhole =
  | { kind: 'text'; text: string }
  | { kind: 'missing' }
  | { kind: 'refused'; why: string }

/** A temporary file this much older than ours is of a writer that was killed. */
const ABANDONED_MS = 3_600_000

/**
 * Writes a file whole (0600 unless told otherwise, in a folder of 0700 where that is new): whoever reads it, and
 * whenever the process is killed or the power goes, there is the old text or the new one.
 *
 * @throws what the file system says
 */
export function writeWhole(path: string, text: string, mode = 0o600): void {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const temporary = `${path}.${process.pid}.tmp`
  rmSync(temporary, { force: true })
  const descriptor = openSync(temporary, 'wx', mode)
  try {
    try {
      writeFileSync(descriptor, text)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    sweep(path, temporary)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  syncFolder(folder)
}

/**
 * Reads a file that decides what is allowed, of at most `maxBytes`. As ssh does, it refuses one that others can write
 * to or that belongs to somebody else than `uid` and root; and a link, which may lead into a cloned repository.
 * `uid` is undefined on Windows, where the home directory's own rights do this; `anybody` for a file that can allow
 * nothing, whoever wrote it.
 */
export function readWhole(
  path: string,
  maxBytes: number,
  uid: number | 'anybody' | undefined = process.getuid?.(),
): ReadWhole {
  let descriptor: number
  try {
    // Without O_NONBLOCK a named pipe in its place would hold us for ever.
    descriptor = openSync(
      path,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    )
  } catch (error) {
    const code = faultCode(error)
    if (code === 'ENOENT') return { kind: 'missing' }
    if (code === 'ELOOP') return refused('it is a symbolic link; put the file itself there')
    return refused(`it cannot be opened (${code})`)
  }
  try {
    const { mode, uid: owner, size } = fstatSync(descriptor)
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) return refused('it is not a file')
    if (uid !== undefined && uid !== 'anybody') {
      if (owner !== uid && owner !== 0) {
        return refused(`it belongs to another user (${owner}); run: chown ${uid} ${quoted(path)}`)
      }
      if ((mode & 0o022) !== 0) return refused(`other users can write to it; run: chmod 600 ${quoted(path)}`)
    }
    if (size > maxBytes) return refused(`it is larger than ${maxBytes} bytes`)
    return { kind: 'text', text: readFileSync(descriptor, 'utf8') }
  } catch (error) {
    return refused(`it cannot be read (${faultCode(error)})`)
  } finally {
    closeSync(descriptor)
  }
}

/** Removes what killed writers left. By the clock of the disk: two systems may share it. */
function sweep(path: string, ours: string): void {
  const name = basename(path)
  try {
    const before = statSync(ours).mtimeMs - ABANDONED_MS
    for (const other of readdirSync(dirname(path))) {
      if (!other.startsWith(`${name}.`) || !other.endsWith('.tmp')) continue
      const left = join(dirname(path), other)
      if (statSync(left).mtimeMs < before) rmSync(left, { force: true })
    }
  } catch {
    // Litter is no reason not to write.
  }
}

function refused(why: string): ReadWhole {
  return { kind: 'refused', why }
}

/** For a shell. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`
}
