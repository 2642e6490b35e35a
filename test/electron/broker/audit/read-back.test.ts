import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { readBack } from '../../../../electron/broker/audit/read-back.ts'
import type { LogPosition } from '../../../../electron/broker/audit/read-log.ts'
import type { AuditFilter } from '../../../../shared/audit/filter.ts'
import { buildLog } from '../../../support/audit/built-log.ts'

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
function pages(folder: string, filter: AuditFilter, limit: number, maxLines?: number) {
  const all: number[][] = []
  let unreadable = 0
  let before: LogPosition | undefined
  do {
    const page = readBack(folder, filter, limit, before, maxLines)
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
      fc.integer({ min: 1, max: 6 }),
      fc.boolean(),
      (perMonth, limit, maxLines, filtered) => {
        const folder = folderWith(perMonth, () => 'not an entry\nhalf a li')
        const total = perMonth.reduce((sum, count) => sum + count, 0)
        const expected = Array.from({ length: total }, (_, index) => total - index)
        const { all, entries, unreadable } = pages(
          folder,
          filtered ? { client: 'codex' } : {},
          limit,
          maxLines,
        )
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
