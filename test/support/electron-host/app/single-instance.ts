import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { decode, encode } from '../page/codec.ts'

/** What a second process says to the first. */
export type SecondLaunch = { argv: string[]; workingDirectory: string; additionalData: unknown }

export type InstanceLock = {
  /** Whether this process is the first. A second one has told the first of itself when this returns. */
  request(folder: string, launch: SecondLaunch): boolean
  has(): boolean
  release(): void
}

/**
 * The lock of one app among processes, in its own folder: a link that names the process which holds it, and a letter box
 * that it watches. Both are plain files, because Electron's answer is there at once.
 */
export function instanceLock(onSecond: (launch: SecondLaunch) => void): InstanceLock {
  let release: (() => void) | undefined
  return {
    request(folder, launch) {
      if (release !== undefined) return true
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const link = join(folder, 'SingletonLock')
      const box = join(folder, 'SingletonMessages')
      mkdirSync(box, { recursive: true, mode: 0o700 })
      if (!take(link)) {
        drop(box, launch)
        return false
      }
      release = hold(link, box, onSecond)
      return true
    },
    has: () => release !== undefined,
    release: () => {
      release?.()
      release = undefined
    },
  }
}

function take(link: string): boolean {
  for (;;) {
    try {
      symlinkSync(`electron-host-${process.pid}`, link)
      return true
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error
    }
    if (isRunning(holderOf(link))) return false
    // Its holder was killed.
    rmSync(link, { force: true })
  }
}

function holderOf(link: string): number {
  try {
    return Number(readlinkSync(link).split('-').at(-1))
  } catch {
    return 0
  }
}

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

function drop(box: string, launch: SecondLaunch): void {
  const file = join(box, `${process.pid}.letter`)
  writeFileSync(`${file}.tmp`, encode(launch))
  renameSync(`${file}.tmp`, file)
}

function hold(link: string, box: string, onSecond: (launch: SecondLaunch) => void): () => void {
  const collect = () => {
    for (const name of readdirSync(box).filter(each => each.endsWith('.letter'))) {
      const file = join(box, name)
      const launch = decode(readFileSync(file, 'utf8')) as SecondLaunch
      rmSync(file)
      onSecond(launch)
    }
  }
  const watcher = watch(box, collect)
  const release = () => {
    watcher.close()
    rmSync(link, { force: true })
  }
  process.once('exit', release)
  return release
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
