import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import {
  chmod,
  copyFile,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { KosmoError } from '../../shared/errors.ts'
import { faultCode } from '../broker/fault-code.ts'
import { CURRENT, copyName, removeOldCopies } from './cli-copies.ts'

export type CopyOptions = {
  /** The command line in the AppImage. */
  source: string
  /** Where copies are. */
  folder: string
  version: string
  isAlive(pid: number): boolean
}

/** Larger files are known by their size; they are compared whole once, when they have been copied. */
const SMALL = 4 * 1024 * 1024

/**
 * Copies the command line to where it stays, unless it is there, and has the link `current` lead to it: at every moment
 * to a whole copy, the old one or the new one.
 *
 * @returns the folder that clients are told of
 * @throws KosmoError `not_configured` where it cannot be written
 */
export async function copyCli(options: CopyOptions): Promise<string> {
  const { folder } = options
  try {
    return await copy(options)
  } catch (error) {
    if (error instanceof KosmoError) throw error
    throw new KosmoError(
      'not_configured',
      `KosmoKrator could not put its command line into ${folder} (${faultCode(error)}), where it stays when the AppImage is moved or replaced. Make room there or mend its rights, and start KosmoKrator again.`,
    )
  }
}

async function copy({ source, folder, version, isAlive }: CopyOptions): Promise<string> {
  const files = await filesOf(source)
  const id = await idOf(source, files)
  const name = copyName(version, id)
  const target = join(folder, name)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (!(await isWhole(target, id))) await makeCopy(source, files, target, id)
  // Says which one was used last.
  const now = new Date()
  await utimes(target, now, now)
  const link = join(folder, `.${CURRENT}.${process.pid}.tmp`)
  await rm(link, { recursive: true, force: true })
  await symlink(name, link)
  await rename(link, join(folder, CURRENT))
  removeOldCopies(folder, name, isAlive)
  return join(folder, CURRENT)
}

async function makeCopy(source: string, files: string[], target: string, id: string): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  await rm(temporary, { recursive: true, force: true })
  for (const file of files) {
    const [from, to] = [join(source, file), join(temporary, file)]
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    await copyFile(from, to, constants.COPYFILE_FICLONE)
    await chmod(to, (await stat(from)).mode & 0o100 ? 0o700 : 0o600)
    await sync(to)
    if ((await hashOfFile(from)) !== (await hashOfFile(to))) throw new Error('the copy differs')
  }
  if (!(await isWhole(temporary, id))) throw new Error('the copy differs')
  await sync(temporary)
  // What is there is damaged; it goes in one step as well.
  const damaged = join(dirname(target), `.damaged-${basename(target)}.${process.pid}.tmp`)
  await rename(target, damaged).catch(() => undefined)
  await rename(temporary, target)
  await sync(dirname(target))
  await rm(damaged, { recursive: true, force: true })
}

/** Paths below a folder, sorted. */
async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter(entry => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
  return paths.sort()
}

async function isWhole(folder: string, id: string): Promise<boolean> {
  try {
    return (await idOf(folder, await filesOf(folder))) === id
  } catch {
    return false
  }
}

/** What a folder is made of: names, sizes, which of it can be run, and the content of all that is small. */
async function idOf(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const file of files) {
    const path = join(folder, file)
    const { size, mode } = await stat(path)
    hash.update(JSON.stringify([file, size, (mode & 0o100) !== 0]))
    if (size <= SMALL) hash.update(await readFile(path))
  }
  return hash.digest('hex')
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(part as Buffer)
  return hash.digest('hex')
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
