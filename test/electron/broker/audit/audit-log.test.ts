import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { withFileLock } from '../../../../electron/broker/audit/file-lock.ts'
import { HEAD_FILE } from '../../../../shared/audit/head.ts'
import { sha256 } from '../../../support/audit/built-log.ts'
import { logFolder } from '../../../support/audit/log-folder.ts'

const synced: string[] = []
const readBytes = { count: 0 }
vi.mock('node:fs', async original => {
  const fs = await original<typeof import('node:fs')>()
  return {
    ...fs,
    fsyncSync: (descriptor: number) => {
      synced.push(fs.fstatSync(descriptor).isDirectory() ? 'folder' : 'file')
      fs.fsyncSync(descriptor)
    },
    readSync: (...args: Parameters<typeof fs.readSync>) => {
      const count = fs.readSync(...args)
      readBytes.count += count
      return count
    },
  }
})

const { place, log, call, append, path, month } = logFolder()
beforeEach(() => {
  synced.length = 0
})

describe('the audit log', () => {
  it('numbers and chains entries, whoever opens it, across months', async () => {
    const [first] = append('a')
    month(3)
    const [second, third] = append('b', 'c')
    expect(first).toMatchObject({ seq: 1, at: '2026-01-05T09:00:00.000Z', prev: '0'.repeat(64) })
    expect(second).toMatchObject({ seq: 2, prev: first?.hash })
    expect(third).toMatchObject({ seq: 3, prev: second?.hash })
    expect(readdirSync(place.folder).sort()).toEqual(['2026-01.jsonl', '2026-03.jsonl', HEAD_FILE])
    expect(log().read({}, 10).entries).toEqual([first, second, third])
    expect(await log().verify()).toEqual({ kind: 'intact', entries: 3, files: 2, notes: [] })
  })

  it('has hashes that anybody can make: of the hash before and the JSON of the rest', () => {
    append('a')
    const line = readFileSync(path(), 'utf8').trim()
    const { prev, hash, ...rest } = JSON.parse(line)
    expect(hash).toBe(sha256(prev + JSON.stringify(rest)))
  })

  it.skipIf(process.platform === 'win32')('is for its owner alone, also in a folder that was not', () => {
    mkdirSync(place.folder, { recursive: true, mode: 0o755 })
    chmodSync(place.folder, 0o755)
    append('a')
    expect(statSync(place.folder).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(place.folder)) expect(statSync(path(name)).mode & 0o777).toBe(0o600)
  })

  it('makes nothing before the first entry', async () => {
    expect(log().read({}, 10)).toMatchObject({ entries: [], unreadable: 0 })
    expect(await log().verify()).toEqual({ kind: 'empty' })
    expect(existsSync(place.folder)).toBe(false)
  })

  it('cleans and bounds what it is given, and writes nothing that it does not know', () => {
    const hostile = {
      kind: 'call',
      client: `a\u001b[31m\n\u202eb${'x'.repeat(500)}`,
      token: 'secret',
    } as const
    const { client } = log().append(hostile)
    expect(client).toMatch(/^a\[31m bx+…$/)
    expect(client).toHaveLength(100)
    expect(readFileSync(path(), 'utf8')).not.toContain('secret')
  })

  it.skipIf(process.platform === 'win32')(
    'is on disk before it returns where that is asked for, else not',
    () => {
      append('a')
      expect(synced).toEqual([])
      log().append(call(), { durable: true })
      expect(synced).toEqual(['file'])
      month(2)
      log().append(call(), { durable: true })
      expect(synced).toEqual(['file', 'file', 'folder'])
    },
  )

  it('keeps the order of the files when the clock is set back', async () => {
    month(2)
    append('a')
    month(1)
    append('b')
    month(2)
    append('c')
    expect(readdirSync(place.folder).sort()).toEqual(['2026-02.jsonl', HEAD_FILE])
    expect(await log().verify()).toMatchObject({ kind: 'intact', entries: 3 })
  })

  it('reads little of a long log, to append and to list', () => {
    append('a', ...Array.from({ length: 1500 }, () => 'b'))
    expect(statSync(path()).size).toBeGreaterThan(300_000)
    readBytes.count = 0
    append('c')
    expect(readBytes.count).toBeLessThan(1000)
    readBytes.count = 0
    expect(log().read({}, 50).entries).toHaveLength(50)
    expect(readBytes.count).toBeLessThan(70_000)
  })

  it('reads no further back than what can match', () => {
    append(...Array.from({ length: 500 }, () => 'a'))
    month(3)
    append('b')
    readBytes.count = 0
    expect(
      log()
        .read({ since: place.clock }, 50)
        .entries.map(entry => entry.client),
    ).toEqual(['b'])
    expect(readBytes.count).toBeLessThan(70_000)
  })

  it('lists the last that match, across months, and stops where none before can match', () => {
    append('a', 'b')
    month(2)
    append('a', 'b', 'a')
    expect(
      log()
        .read({ client: 'A' }, 2)
        .entries.map(entry => entry.seq),
    ).toEqual([3, 5])
    expect(
      log()
        .read({ client: 'a' }, 9)
        .entries.map(entry => entry.seq),
    ).toEqual([1, 3, 5])
    expect(
      log()
        .read({ since: place.clock }, 9)
        .entries.map(entry => entry.seq),
    ).toEqual([3, 4, 5])
  })

  it('reads on from where a page ended, into the next month', () => {
    append('a')
    const { position } = log().read({}, 10)
    expect(log().readOn({}, position).entries).toEqual([])
    append('b')
    month(2)
    append('c')
    const next = log().readOn({}, position)
    expect(next.entries.map(entry => entry.client)).toEqual(['b', 'c'])
    expect(log().readOn({}, next.position).entries).toEqual([])
  })

  it('passes over lines that it cannot read and counts them', () => {
    append('a')
    appendFileSync(path(), 'junk\n\u0000\n')
    append('b')
    expect(log().read({}, 10)).toMatchObject({ entries: [{ client: 'a' }, { client: 'b' }], unreadable: 2 })
  })
})

describe('while others write', () => {
  it('a line on its way is none yet, for who lists and who follows', () => {
    append('a')
    const whole = readFileSync(path())
    const { position } = log().read({}, 10)
    append('b')
    const both = readFileSync(path())
    writeFileSync(path(), both.subarray(0, -1))
    expect(log().read({}, 10)).toMatchObject({ entries: [{ client: 'a' }], unreadable: 0, position })
    expect(log().readOn({}, position)).toEqual({ entries: [], unreadable: 0, position })
    expect(position.offset).toBe(whole.length)
    writeFileSync(path(), both)
    expect(log().readOn({}, position)).toMatchObject({ entries: [{ client: 'b' }] })
  })

  it('end and sizes for verifying are taken under the lock', async () => {
    append('a')
    const verifying = withFileLock(join(place.folder, 'lock'), 100, () => log().verify())
    await expect(verifying).rejects.toThrow(/held by process/)
    expect(await log().verify()).toMatchObject({ kind: 'intact' })
  })
})
