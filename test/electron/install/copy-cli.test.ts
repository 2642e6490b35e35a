import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { copyCli } from '../../../electron/install/copy-cli.ts'
import { stableProgram } from '../../../electron/install/stable-program.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kosmo-copies-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** The command line in an AppImage that is mounted; larger than what is compared each time: `node`. */
function mount(name: string, kosmo = 'one'): string {
  const folder = join(root, name, 'resources/cli')
  mkdirSync(join(folder, 'node_modules/@napi-rs'), { recursive: true })
  writeFileSync(join(folder, 'kosmo.cjs'), kosmo)
  writeFileSync(join(folder, 'node'), Buffer.alloc(5 * 1024 * 1024, kosmo))
  chmodSync(join(folder, 'node'), 0o755)
  writeFileSync(join(folder, 'node_modules/@napi-rs/keyring.node'), 'native')
  return folder
}

const folder = () => join(root, 'data', 'kosmokrator', 'cli')
const copy = (source: string, version = '0.1.0') =>
  copyCli({ source, folder: folder(), version, isAlive: pid => pid === process.pid })
const copies = () => readdirSync(folder()).filter(name => name !== 'current')

it('stays where it is when the mount is another one, and is copied once', async () => {
  const current = await copy(mount('.mount_a'))
  expect(current).toBe(join(folder(), 'current'))
  expect(readFileSync(join(current, 'kosmo.cjs'), 'utf8')).toBe('one')
  expect(readFileSync(join(current, 'node_modules/@napi-rs/keyring.node'), 'utf8')).toBe('native')
  expect(statSync(join(current, 'node')).mode & 0o777).toBe(0o700)
  const { ino } = statSync(join(current, 'node'))
  rmSync(join(root, '.mount_a'), { recursive: true })
  expect(await copy(mount('.mount_b'))).toBe(current)
  expect(statSync(join(current, 'node')).ino).toBe(ino)
  expect(copies()).toHaveLength(1)
})

it('a new version, or another one of the same number, gets the link; the one before it stays', async () => {
  await copy(mount('a'))
  const first = readlinkSync(join(folder(), 'current'))
  await copy(mount('b', 'two'))
  const second = readlinkSync(join(folder(), 'current'))
  expect(first).toMatch(/^0\.1\.0-[0-9a-f]{8}$/)
  expect(second).not.toBe(first)
  utimesSync(join(folder(), first), 1, 1)
  await copy(mount('c', 'three'), '0.2.0')
  expect(readFileSync(join(folder(), 'current/kosmo.cjs'), 'utf8')).toBe('three')
  expect(copies().sort()).toEqual([second, readlinkSync(join(folder(), 'current'))].sort())
})

it('a copy that a client runs stays, however old', async () => {
  const source = mount('a')
  cpSync(process.execPath, join(source, 'node'))
  await copy(source)
  const first = readlinkSync(join(folder(), 'current'))
  const { spawn } = await import('node:child_process')
  const client = spawn(join(folder(), 'current/node'), ['-e', 'process.stdin.resume()'], { stdio: 'pipe' })
  try {
    for (const name of ['b', 'c', 'd']) {
      await copy(mount(name, name))
      utimesSync(join(folder(), first), 1, 1)
    }
    expect(copies()).toHaveLength(3)
    expect(copies()).toContain(first)
  } finally {
    client.kill('SIGKILL')
    await new Promise(resolve => client.once('close', resolve))
  }
  await copy(mount('e', 'e'))
  expect(copies()).toHaveLength(2)
  expect(copies()).not.toContain(first)
})

it.each([
  ['cut', (path: string) => truncateSync(path, 1)],
  ['gone', (path: string) => rmSync(path)],
  ['another', (path: string) => writeFileSync(path, 'eno')],
])('a copy with a file that is %s is made anew before anybody is led to it', async (_what, harm) => {
  const source = mount('a')
  const current = await copy(source)
  harm(join(current, 'kosmo.cjs'))
  await copy(source)
  expect(readFileSync(join(current, 'kosmo.cjs'), 'utf8')).toBe('one')
  expect(copies()).toHaveLength(1)
})

it('a copy that was killed is never used, and is cleared away', async () => {
  mkdirSync(join(folder(), '.0.1.0-0123abcd.999999.tmp'), { recursive: true })
  writeFileSync(join(folder(), '.0.1.0-0123abcd.999999.tmp/kosmo.cjs'), 'half')
  await copy(mount('a'))
  expect(copies()).toHaveLength(1)
  expect(readFileSync(join(folder(), 'current/kosmo.cjs'), 'utf8')).toBe('one')
})

it('says what to do where there is no place for it, and leads nobody astray', async () => {
  mkdirSync(join(root, 'data'))
  writeFileSync(join(root, 'data/kosmokrator'), 'a file in the place of the folder')
  await expect(copy(mount('a'))).rejects.toThrow(
    /could not put its command line into .*\(ENOTDIR\).*Make room/,
  )
  await rmSync(join(root, 'data/kosmokrator'))
  await copy(mount('a'))
  await expect(copy(join(root, 'nowhere'))).rejects.toThrow('ENOENT')
  expect(readFileSync(join(folder(), 'current/kosmo.cjs'), 'utf8')).toBe('one')
})

it('a program that runs from a copy is known to others by the link', async () => {
  await copy(mount('a'))
  const name = readlinkSync(join(folder(), 'current'))
  const running = { node: join(folder(), name, 'node'), script: join(folder(), name, 'kosmo.cjs') }
  expect(stableProgram(running)).toEqual({
    node: join(folder(), 'current/node'),
    script: join(folder(), 'current/kosmo.cjs'),
  })
  rmSync(join(folder(), 'current'))
  expect(stableProgram(running)).toEqual(running)
  const installed = {
    node: '/opt/KosmoKrator/resources/cli/node',
    script: '/opt/KosmoKrator/resources/cli/kosmo.cjs',
  }
  expect(stableProgram(installed)).toEqual(installed)
  expect(existsSync(join(folder(), name))).toBe(true)
})
