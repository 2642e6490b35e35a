import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type BackLimits, readBack } from '../../../../electron/broker/audit/read-back.ts'
import type { LogPosition } from '../../../../electron/broker/audit/read-log.ts'
import type { AuditFilter } from '../../../../shared/audit/filter.ts'
import { buildLog } from '../../../support/audit/built-log.ts'
import { writeLongLog } from '../../../support/audit/long-log.ts'

function folderWith(perMonth: number[], torn: (name: string) => string = () => '') {
  const folder = mkdtempSync(join(tmpdir(), 'kosmo-back-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(folder, { recursive: true })
  const log = buildLog(perMonth, seq => ({
    kind: 'call',
    client: seq % 3 === 0 ? 'codex' : 'other',
    ms: seq,
  }))
  for (const [name, bytes] of log.files) writeFileSync(join(folder, name), `${bytes}${torn(name)}`)
  return folder
}

/** Every page until the log ends. */
function pages(folder: string, filter: AuditFilter, limit: number, limits?: BackLimits) {
  const all: number[][] = []
  let unreadable = 0
  let before: LogPosition | undefined
  do {
    const page = readBack(folder, filter, limit, before, limits)
    all.push(page.entries.map(({ seq }) => seq))
    unreadable += page.unreadable
    before = page.next ?? undefined
  } while (before !== undefined)
  return { all, unreadable, entries: all.flat() }
}

it('pages, whatever their length, are the log from its end to its beginning', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 5 }), { maxLength: 4 }),
      fc.integer({ min: 1, max: 4 }),
      fc.record({ lines: fc.integer({ min: 1, max: 6 }), bytes: fc.integer({ min: 1, max: 2_000 }) }),
      fc.boolean(),
      (perMonth, limit, limits, filtered) => {
        const folder = folderWith(perMonth, () => 'not an entry\nhalf a li')
        const total = perMonth.reduce((sum, count) => sum + count, 0)
        const expected = Array.from({ length: total }, (_, index) => total - index)
        const { all, entries, unreadable } = pages(folder, filtered ? { client: 'codex' } : {}, limit, limits)
        expect(entries).toEqual(filtered ? expected.filter(seq => seq % 3 === 0) : expected)
        expect(unreadable).toBe(perMonth.filter(count => count > 0).length)
        for (const page of all) expect(page.length).toBeLessThanOrEqual(limit)
      },
    ),
    { numRuns: 60 },
  )
})

it('a position that is none any more loses nothing that is older', () => {
  const folder = folderWith([2, 0, 3])
  const seqs = (before: LogPosition) => readBack(folder, {}, 10, before).entries.map(({ seq }) => seq)
  expect(seqs({ file: '2026-02.jsonl', offset: 5 })).toEqual([2, 1])
  expect(seqs({ file: '2026-03.jsonl', offset: 1e9 })).toEqual([5, 4, 3, 2, 1])
  expect(seqs({ file: '../../etc/passwd', offset: 0 })).toEqual([])
  // In the middle of a line: that line is half.
  expect(seqs({ file: '2026-03.jsonl', offset: 20 })).toEqual([2, 1])
})

it('ends where nothing older can be asked for', () => {
  const folder = folderWith([1, 1, 1])
  const page = readBack(folder, { since: Date.UTC(2026, 2, 1) }, 10, undefined)
  expect(page).toMatchObject({ entries: [{ seq: 3 }], next: null })
})

it('where there is no log', () => {
  expect(readBack('/nowhere/at/all', {}, 10, undefined)).toEqual({ entries: [], unreadable: 0, next: null })
})

describe.skipIf(!existsSync('/proc/self/io'))('of a long log', () => {
  let folder: string

  beforeAll(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'kosmo-long-')), 'audit')
    writeLongLog(folder, 30_000)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('reads no more than the page, at the end and in the middle', () => {
    const first = readCounted(() => readBack(folder, {}, 50, undefined))
    expect(first.value.entries).toHaveLength(50)
    expect(first.bytes).toBeLessThan(100 * 1024)
    const middle = { file: '2025-06.jsonl', offset: 700_000 }
    const second = readCounted(() => readBack(folder, {}, 50, middle))
    expect(second.value.entries).toHaveLength(50)
    expect(second.bytes).toBeLessThan(100 * 1024)
  })

  it('looks for what is rare only so far, and says how far', () => {
    const { value, bytes } = readCounted(() => readBack(folder, { client: 'nobody' }, 50, undefined))
    expect(value).toMatchObject({ entries: [], unreadable: 0, next: { offset: expect.any(Number) } })
    expect(value.lookedBackTo).toMatch(/^2025-/)
    expect(bytes).toBeLessThan(2.2 * 1024 * 1024)
  })
})

it('a line without an end is passed over piece by piece, and counted once', () => {
  const folder = folderWith([2])
  const file = join(folder, '2026-01.jsonl')
  const log = readFileSync(file, 'utf8')
  writeFileSync(file, `${log}${'x'.repeat(2_000_000)}\n${log}`)
  const limits = { lines: 1_000, bytes: 100_000 }
  const { entries, unreadable, all } = pages(folder, {}, 10, limits)
  expect(entries).toEqual([2, 1, 2, 1])
  expect(unreadable).toBe(1)
  expect(all.length).toBeGreaterThan(3)
})

/** What something gives, and the bytes that this process read meanwhile, as Linux counts them. */
function readCounted<T>(work: () => T): { value: T; bytes: number } {
  const count = () => Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1])
  // Looking reads a little itself.
  const looking = -(count() - count())
  const before = count()
  const value = work()
  return { value, bytes: count() - before - looking }
}
