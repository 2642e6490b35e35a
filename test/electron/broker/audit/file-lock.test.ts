import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withFileLock } from '../../../../electron/broker/audit/file-lock.ts'
import { newOwner, ownerText } from '../../../../electron/broker/audit/lock-owner.ts'
import { KosmoError } from '../../../../shared/errors.ts'

const LOCKER = join(import.meta.dirname, '../../../support/audit/locker.ts')

let folder: string
let lock: string
const children: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kosmo-lock-'))
  lock = join(folder, 'lock')
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

function locker(count: number | 'takeover') {
  const child = spawn(process.execPath, [LOCKER, lock, String(count), join(folder, 'report')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return child
}
const take = (waitMs = 100) => withFileLock(lock, waitMs, () => 'taken')
const left = () => readdirSync(folder).filter(name => name.startsWith('lock'))
/** A process that ran, and runs no more. */
const GONE = 2 ** 22 + 1
const stale = (path = lock) => writeFileSync(path, ownerText({ ...newOwner(), pid: GONE }))

describe('the lock', () => {
  it('gives back what the work gives, and leaves nothing', () => {
    expect(take()).toBe('taken')
    expect(() =>
      withFileLock(lock, 100, () => {
        throw new Error('the work failed')
      }),
    ).toThrow('the work failed')
    expect(left()).toEqual([])
  })

  it('waits so long for who is alive and no longer, and says who it is', () => {
    withFileLock(lock, 100, () => {
      expect(() => take()).toThrow(KosmoError)
      expect(() => take()).toThrow(new RegExp(`held by process ${process.pid} `))
    })
    expect(take()).toBe('taken')
  })

  it('is taken over from a process that was killed, before its parent knows of it', async () => {
    const holder = locker(0)
    await once(holder.stdout, 'data')
    expect(() => take()).toThrow(KosmoError)
    process.kill(holder.pid ?? 0, 'SIGKILL')
    expect(take(2_000)).toBe('taken')
    expect(left()).toEqual([])
  })

  it('is not taken over by the second who found its holder gone', async () => {
    stale()
    const first = locker('takeover')
    await once(first.stdout, 'data')
    expect(() => take(1_500)).toThrow(new RegExp(`held by process ${first.pid} `))
  })

  it('is taken over where the takeover was killed, too, and its rest is swept', () => {
    stale()
    stale(`${lock}.next`)
    stale(`${lock}.next.next`)
    stale(`${lock}.${GONE}.0123456789abcdef`)
    expect(take(2_000)).toBe('taken')
    expect(left()).toEqual([])
  })

  it.runIf(process.platform === 'linux')(
    'is taken over where the id belongs to another process by now',
    () => {
      writeFileSync(lock, ownerText({ ...newOwner(), start: '1' }))
      expect(take(2_000)).toBe('taken')
    },
  )

  it('of another machine or container, or unreadable, counts until it is surely over', () => {
    for (const text of [ownerText({ ...newOwner(), pid: GONE, place: 'elsewhere' }), '', 'junk']) {
      writeFileSync(lock, text)
      expect(() => take()).toThrow(KosmoError)
      utimesSync(lock, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000))
      expect(take(2_000)).toBe('taken')
    }
  })

  it('tells who lost it before it writes', () => {
    expect(() =>
      withFileLock(lock, 100, check => {
        check()
        stale()
        check()
      }),
    ).toThrow(KosmoError)
  })

  it('is held by one at a time, also when many take over at once from who was killed', async () => {
    for (let round = 0; round < 6; round += 1) {
      stale()
      stale(`${lock}.next`)
      const all = [1, 2, 3, 4].map(() => locker(150))
      expect(await Promise.all(all.map(child => once(child, 'close')))).toEqual(all.map(() => [0, null]))
      expect(existsSync(join(folder, 'report'))).toBe(false)
    }
    expect(left()).toEqual([])
  }, 60_000)
})
