import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { faultCode } from '../broker/fault-code.ts'
import { faultWords } from '../broker/fault-words.ts'
import { sha256 } from '../sha256.ts'

/** A file of another program's, as it is on disk now. */
export type OtherFile =
  | { kind: 'text'; target: string; text: string; hash: string; mode: number }
  /** `target` is where it would be. */
  | { kind: 'missing'; target: string }
  /** `why` is a sentence for the person. */
  | { kind: 'refused'; why: string }

export type ReadRules = {
  /** Whose file it has to be; undefined on Windows. */
  uid: number | undefined
  /** A folder that links must not lead out of: a repository can hold any link. */
  inside?: string
}

/** Settings are some kilobytes; Claude Code keeps its history in there and has some megabytes. */
const MAX_BYTES = 32 * 1024 * 1024

/** Reads a text file through its links; bytes that are no UTF-8 are refused, because they could not be written back. */
export function readOther(path: string, { uid, inside }: ReadRules): OtherFile {
  let target: string
  try {
    target = realTarget(path)
    if (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) {
      return refused(`${path} is a link that leads nowhere.`)
    }
  } catch (error) {
    return refused(`${path} cannot be reached (${faultWords(error)}).`)
  }
  if (inside !== undefined && !isInside(target, inside)) {
    return refused(`${path} is a link that leads out of the project, to ${target}. It is left alone.`)
  }
  let descriptor: number
  try {
    // Without O_NONBLOCK a named pipe in its place would hold us for ever.
    descriptor = openSync(target, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return { kind: 'missing', target }
    return refused(`${path} cannot be opened (${faultWords(error)}).`)
  }
  try {
    const { mode, uid: owner, size, nlink } = fstatSync(descriptor)
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) return refused(`${path} is not a file.`)
    if (size > MAX_BYTES) return refused(`${path} is larger than ${MAX_BYTES / 1024 / 1024} MB.`)
    // Written anew it would be ours: another user could not change it any more.
    if (uid !== undefined && owner !== uid) {
      return refused(`${path} belongs to another user (${owner}). Run this as that user.`)
    }
    if (nlink > 1) {
      return refused(
        `${path} has ${nlink} names (hard links), and to write it would part them. Make it one file, or a symbolic link.`,
      )
    }
    const bytes = readFileSync(descriptor)
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { kind: 'text', target, text, hash: sha256(bytes), mode: mode & 0o7777 }
  } catch (error) {
    if (error instanceof TypeError) return refused(`${path} is not UTF-8 text.`)
    return refused(`${path} cannot be read (${faultWords(error)}).`)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Writes a file whole in the place of the one there: readers see the old text or the new one. Its mode stays; a new
 * file is its owner's alone.
 *
 * @param target a path without links; its folder is made where it is missing
 * @throws what the file system says; then the file is as it was
 */
export function writeOther(target: string, text: string, mode = 0o600): void {
  const folder = dirname(target)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const temporary = join(folder, `.${basename(target)}.kosmo-${process.pid}.tmp`)
  rmSync(temporary, { force: true })
  try {
    const descriptor = openSync(temporary, 'wx', 0o600)
    try {
      writeFileSync(descriptor, text)
      fchmodSync(descriptor, mode)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** The path without links in it; what is missing at its end stays as it is written. */
function realTarget(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    const folder = dirname(path)
    if (faultCode(error) !== 'ENOENT' || folder === path) throw error
    return join(realTarget(folder), basename(path))
  }
}

function isInside(target: string, folder: string): boolean {
  const root = realTarget(folder)
  return target.startsWith(root.endsWith(sep) ? root : root + sep)
}

function refused(why: string): OtherFile {
  return { kind: 'refused', why }
}
