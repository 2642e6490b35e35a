import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readWhole, writeWhole } from '../../../electron/broker/whole-file.ts'

const steps: string[] = []
let failing: string | undefined
vi.mock('node:fs', async original => {
  const fs = await original<typeof import('node:fs')>()
  const noted = (step: string) => {
    steps.push(step)
    if (failing === step) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
  }
  return {
    ...fs,
    fsyncSync: (descriptor: number) => {
      noted(fs.fstatSync(descriptor).isDirectory() ? 'sync folder' : `sync ${fs.fstatSync(descriptor).size}`)
      fs.fsyncSync(descriptor)
    },
    renameSync: (from: string, to: string) => {
      noted('rename')
      fs.renameSync(from, to)
    },
  }
})

let root: string
let path: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kosmo-whole-'))
  path = join(root, 'home', 'settings.json')
  steps.length = 0
  failing = undefined
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const mode = (of: string) => statSync(of).mode & 0o777
const posix = it.skipIf(process.platform === 'win32')
const folder = () => join(root, 'home')

describe('writing', () => {
  posix('file 0600 in a folder of 0700, whatever the mask and the file before', () => {
    const mask = process.umask(0)
    try {
      writeWhole(path, 'one')
      chmodSync(path, 0o644)
      writeWhole(path, 'two')
    } finally {
      process.umask(mask)
    }
    expect([mode(folder()), mode(path)]).toEqual([0o700, 0o600])
    expect(readFileSync(path, 'utf8')).toBe('two')
    expect(readdirSync(folder())).toEqual(['settings.json'])
  })

  posix('text on disk, then the name, then the folder', () => {
    writeWhole(path, 'four')
    expect(steps).toEqual(['sync 4', 'rename', 'sync folder'])
  })

  posix('another name of the old file keeps the old text: nothing is written in place', () => {
    writeWhole(path, 'one')
    linkSync(path, join(root, 'other'))
    writeWhole(path, 'two')
    expect([readFileSync(path, 'utf8'), readFileSync(join(root, 'other'), 'utf8')]).toEqual(['two', 'one'])
  })

  it.each(['sync 3', 'rename'])('a failure at "%s" leaves the old file and no litter, and is told', step => {
    writeWhole(path, 'one')
    failing = step
    expect(() => writeWhole(path, 'two')).toThrow('full')
    expect(readFileSync(path, 'utf8')).toBe('one')
    expect(readdirSync(folder())).toEqual(['settings.json'])
  })

  it('a folder that cannot be kept on disk is no failure', () => {
    failing = 'sync folder'
    writeWhole(path, 'one')
    expect(readFileSync(path, 'utf8')).toBe('one')
  })

  it('what killed writers left goes after an hour, also where a process of the same number left it', () => {
    writeWhole(path, 'one')
    const names = [1, 2, process.pid].map(pid => `settings.json.${pid}.tmp`)
    for (const name of [...names, 'grants.json.1.tmp', 'settings.json.bak'])
      writeFileSync(join(folder(), name), 'half')
    const old = Date.now() / 1000 - 7200
    for (const name of ['settings.json.1.tmp', 'grants.json.1.tmp', 'settings.json.bak']) {
      utimesSync(join(folder(), name), old, old)
    }
    writeWhole(path, 'two')
    expect(readdirSync(folder()).sort()).toEqual([
      'grants.json.1.tmp',
      'settings.json',
      'settings.json.2.tmp',
      'settings.json.bak',
    ])
  })

  it('killed at any moment, the file is whole: the old text or the new one', async () => {
    const module = pathToFileURL(resolve('electron/broker/whole-file.ts')).href
    const size = 3_000_000
    writeWhole(path, 'a'.repeat(size))
    const script = `
      import { writeSync } from 'node:fs'
      import { writeWhole } from '${module}'
      for (let turn = 0; ; turn++) {
        writeWhole(process.argv[1], (turn % 2 === 0 ? 'b' : 'a').repeat(${size}))
        writeSync(1, '.')
      }`
    for (let round = 0; round < 12; round++) {
      const writer = spawn(process.execPath, ['--input-type=module', '-e', script, path], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = once(writer, 'exit')
      await once(writer.stdout, 'data')
      // The next one is on its way, each round at another point of it.
      const until = process.hrtime.bigint() + BigInt(round * 400_000)
      while (process.hrtime.bigint() < until);
      writer.kill('SIGKILL')
      await ended
      const text = readFileSync(path, 'utf8')
      expect([text.length, new Set(text).size]).toEqual([size, 1])
    }
  })
})

describe('reading', () => {
  const refusal = (uid?: number) => {
    const read = readWhole(path, 10, uid)
    return read.kind === 'refused' ? read.why : read
  }
  beforeEach(() => mkdirSync(folder(), { mode: 0o700 }))

  it('text, or missing, as far as the limit', () => {
    expect(readWhole(path, 10)).toEqual({ kind: 'missing' })
    expect(readWhole(join(root, 'none', 'settings.json'), 10)).toEqual({ kind: 'missing' })
    writeFileSync(path, 'é'.repeat(5), { mode: 0o600 })
    expect(readWhole(path, 10)).toEqual({ kind: 'text', text: 'ééééé' })
    expect(readWhole(path, 9)).toEqual({ kind: 'refused', why: 'it is larger than 9 bytes' })
  })

  posix.each([0o620, 0o602, 0o666])('mode %o is refused with the command that mends it', wrong => {
    writeFileSync(path, 'text')
    chmodSync(path, wrong)
    const why = refusal()
    expect(why).toBe(`other users can write to it; run: chmod 600 '${path}'`)
    const command = String(why).split('run: ')[1] ?? ''
    spawnSync('sh', ['-c', command])
    expect(readWhole(path, 10)).toEqual({ kind: 'text', text: 'text' })
  })

  posix.each([0o600, 0o644, 0o400])('mode %o is read', fine => {
    writeFileSync(path, 'text')
    chmodSync(path, fine)
    expect(readWhole(path, 10).kind).toBe('text')
  })

  posix("another user's file is refused, root's is read", () => {
    writeFileSync(path, 'text', { mode: 0o600 })
    if (process.getuid?.() === 0) {
      expect(readWhole(path, 10, 1234).kind).toBe('text')
      chownSync(path, 1234, 1234)
    }
    const { uid } = statSync(path)
    expect(readWhole(path, 10, uid).kind).toBe('text')
    expect(refusal(uid + 1)).toBe(`it belongs to another user (${uid}); run: chown ${uid + 1} '${path}'`)
  })

  posix('a link, a folder and a named pipe are refused, at once', () => {
    writeFileSync(join(root, 'elsewhere'), 'text', { mode: 0o600 })
    symlinkSync(join(root, 'elsewhere'), path)
    expect(refusal()).toBe('it is a symbolic link; put the file itself there')
    rmSync(path)
    symlinkSync(join(root, 'nowhere'), path)
    expect(refusal()).toBe('it is a symbolic link; put the file itself there')
    rmSync(path)
    mkdirSync(path)
    expect(refusal()).toBe('it is not a file')
    rmSync(path, { recursive: true })
    spawnSync('sh', ['-c', 'mkfifo "$0"', path])
    expect(existsSync(path) && refusal()).toBe('it is not a file')
  })
})
