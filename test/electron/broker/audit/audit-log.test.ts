import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openAudit } from '../../../../electron/broker/audit/audit-log.ts'
import { withFileLock } from '../../../../electron/broker/audit/file-lock.ts'
import type { AuditDraft } from '../../../../shared/audit/entry.ts'
import { HEAD_FILE } from '../../../../shared/audit/head.ts'
import { makeLine } from '../../../../shared/audit/link.ts'
import { KosmoError } from '../../../../shared/errors.ts'
import { sha256 } from '../../../support/audit/built-log.ts'

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

let root: string
let folder: string
let clock: number
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kosmo-audit-'))
  folder = join(root, 'home', 'audit')
  clock = Date.UTC(2026, 0, 5, 9)
  synced.length = 0
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const log = () => openAudit(folder, { now: () => clock, waitMs: 200 })
const call = (client = 'codex'): AuditDraft => ({ kind: 'call', client, function: 'f', outcome: 'ok' })
const path = (name = '2026-01.jsonl') => join(folder, name)
const append = (...clients: string[]) => clients.map(client => log().append(call(client)))
const clients = () =>
  log()
    .read({}, 1000)
    .entries.map(entry => entry.client)
const month = (number: number) => {
  clock = Date.UTC(2026, number - 1, 5, 9)
}

describe('the audit log', () => {
  it('numbers and chains entries, whoever opens it, across months', async () => {
    const [first] = append('a')
    month(3)
    const [second, third] = append('b', 'c')
    expect(first).toMatchObject({ seq: 1, at: '2026-01-05T09:00:00.000Z', prev: '0'.repeat(64) })
    expect(second).toMatchObject({ seq: 2, prev: first?.hash })
    expect(third).toMatchObject({ seq: 3, prev: second?.hash })
    expect(readdirSync(folder).sort()).toEqual(['2026-01.jsonl', '2026-03.jsonl', HEAD_FILE])
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
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    chmodSync(folder, 0o755)
    append('a')
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(folder)) expect(statSync(path(name)).mode & 0o777).toBe(0o600)
  })

  it('makes nothing before the first entry', async () => {
    expect(log().read({}, 10)).toMatchObject({ entries: [], unreadable: 0 })
    expect(await log().verify()).toEqual({ kind: 'empty' })
    expect(existsSync(folder)).toBe(false)
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
    expect(readdirSync(folder).sort()).toEqual(['2026-02.jsonl', HEAD_FILE])
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
        .read({ since: clock }, 50)
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
        .read({ since: clock }, 9)
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
    const verifying = withFileLock(join(folder, 'lock'), 100, () => log().verify())
    await expect(verifying).rejects.toThrow(/held by process/)
    expect(await log().verify()).toMatchObject({ kind: 'intact' })
  })
})

describe('after a process was killed or the disk was full', () => {
  const headBefore = (work: () => void) => {
    const head = existsSync(path(HEAD_FILE)) ? readFileSync(path(HEAD_FILE)) : undefined
    work()
    if (head !== undefined) writeFileSync(path(HEAD_FILE), head)
  }

  it('goes on from an entry that the end record does not know yet, in a new month too', async () => {
    append('a')
    headBefore(() => append('b'))
    expect(await log().verify()).toMatchObject({
      kind: 'intact',
      notes: [expect.stringMatching(/^1 at the end/)],
    })
    append('c')
    headBefore(() => {
      month(2)
      append('d', 'e')
    })
    append('f')
    expect(await log().verify()).toMatchObject({ kind: 'intact', entries: 6, notes: [] })
    expect(clients()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  it('attests half a line, wherever it was cut, and goes on', async () => {
    append('a', 'b')
    const whole = readFileSync(path())
    const head = readFileSync(path(HEAD_FILE))
    const [line] = append('long enough')
    const after = readFileSync(path())
    for (let cut = whole.length + 1; cut < after.length; cut += 1) {
      writeFileSync(path(), after.subarray(0, cut))
      writeFileSync(path(HEAD_FILE), head)
      expect(await log().verify()).toMatchObject({ kind: 'intact' })
      append('c', 'd')
      const found = await log().verify()
      expect(found, String(cut)).toMatchObject({ kind: 'intact' })
      // All but the line feed was there: then it is an entry.
      expect(clients()).toEqual(['a', 'b', ...(cut === after.length - 1 ? [line?.client] : []), 'c', 'd'])
    }
  })

  it('attests it in the next month, and twice in a row', async () => {
    append('a')
    appendFileSync(path(), '{"seq":2,"at"')
    month(2)
    append('b')
    appendFileSync(path('2026-02.jsonl'), '{"seq":3,"at"')
    appendFileSync(path('2026-02.jsonl'), '\n{"seq":3,"at":"20')
    append('c', 'd')
    expect(await log().verify()).toMatchObject({ kind: 'intact', entries: 4, notes: { length: 2 } })
    const text = readFileSync(path('2026-02.jsonl'), 'utf8')
    writeFileSync(path('2026-02.jsonl'), text.replace('{"seq":3,"at":"20\n', '{"seq":3,"at":"21\n'))
    expect(await log().verify()).toMatchObject({ kind: 'broken' })
  })

  it('throws where the folder cannot be made, with what to do', () => {
    mkdirSync(join(root, 'home'))
    writeFileSync(folder, 'a file is in the way')
    const attempt = () => append('a')
    expect(attempt).toThrow(KosmoError)
    expect(attempt).toThrow(/audit log cannot be used .*KOSMO_HOME/)
  })
})

describe('what was done to the log before an append is found after it', () => {
  const tampers: Record<string, () => void> = {
    'the last line cut': () =>
      truncateSync(path(), readFileSync(path()).subarray(0, -1).lastIndexOf('\n') + 1),
    'half the last line cut': () => truncateSync(path(), statSync(path()).size - 30),
    'the last line altered': () => writeFileSync(path(), readFileSync(path(), 'utf8').replace('"c"', '"x"')),
    'the last line made unreadable': () =>
      writeFileSync(path(), readFileSync(path(), 'utf8').replace('{"seq":3', '!"seq":3')),
    'junk after the end': () => appendFileSync(path(), 'junk\n'),
    'the last line copied': () =>
      appendFileSync(path(), `${readFileSync(path(), 'utf8').trimEnd().split('\n').at(-1)}\n`),
    'the file removed': () => unlinkSync(path()),
    'the end record removed': () => unlinkSync(path(HEAD_FILE)),
    'the end record altered': () =>
      writeFileSync(path(HEAD_FILE), readFileSync(path(HEAD_FILE), 'utf8').replace('"seq":3', '"seq":2')),
    'both files removed, then a file forged': () => writeFileSync(path(), 'forged\n'),
  }
  it.each(Object.entries(tampers))('%s', async (_, tamper) => {
    append('a', 'b', 'c')
    tamper()
    expect(await log().verify()).toMatchObject({ kind: 'broken' })
    append('d')
    expect(await log().verify()).toMatchObject({ kind: 'broken' })
    month(2)
    append('e', 'f')
    expect(await log().verify()).toMatchObject({ kind: 'broken' })
  })

  it('a month removed is named', async () => {
    for (const number of [1, 2, 3]) {
      month(number)
      append('a', 'b')
    }
    for (const name of ['2026-01.jsonl', '2026-02.jsonl', '2026-03.jsonl']) {
      const bytes = readFileSync(path(name))
      unlinkSync(path(name))
      expect(await log().verify()).toMatchObject({ problems: [{ what: 'removed', file: name }] })
      writeFileSync(path(name), bytes)
    }
  })

  it('a forged entry after the end is passed by: the chain goes on from the true one', async () => {
    append('a')
    const fields = { seq: 2, at: '2026-01-05T10:00:00.000Z', kind: 'call' } as const
    appendFileSync(path(), `${makeLine(fields, 'f'.repeat(64), sha256).line}\n`)
    append('b')
    expect(await log().verify()).toMatchObject({ problems: [{ what: 'inserted', line: 2 }] })
  })

  it('whatever is appended, over months, then changed by a byte', async () => {
    const step = fc.record({ days: fc.integer({ min: -3, max: 40 }), client: fc.string() })
    const steps = fc.array(step, { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), fc.integer({ min: 1, max: 255 }), async (all, choice, flip) => {
        rmSync(folder, { recursive: true, force: true })
        for (const { days, client } of all) {
          clock += days * 86_400_000
          append(client)
        }
        expect(await log().verify()).toMatchObject({ kind: 'intact', entries: all.length, notes: [] })
        const files = readdirSync(folder).filter(name => name.endsWith('.jsonl'))
        const file = files[choice % files.length] ?? ''
        const bytes = readFileSync(path(file))
        const at = Math.floor(choice / files.length) % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ flip
        writeFileSync(path(file), bytes)
        append('one more')
        const found = await log().verify()
        // Without its line feed an entry at the end is the same entry; what stands there instead is attested as torn.
        expect(found.kind).toBe('broken')
        if (found.kind === 'broken') expect(found.problems.map(problem => problem.file)).toContain(file)
      }),
      { numRuns: 150 },
    )
  })
})
