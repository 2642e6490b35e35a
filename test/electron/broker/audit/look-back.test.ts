import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lookBack } from '../../../../electron/broker/audit/look-back.ts'
import { readBack } from '../../../../electron/broker/audit/read-back.ts'
import type { LogPosition } from '../../../../electron/broker/audit/read-log.ts'
import type { AuditFilter } from '../../../../shared/audit/filter.ts'
import { buildLog } from '../../../support/audit/built-log.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kosmo-look-'))
  const client = (seq: number) => (seq === 3 || seq === 99 ? 'rare' : 'usual')
  const log = buildLog([60, 60], seq => ({ kind: 'call', client: client(seq) }))
  for (const [name, bytes] of log.files) writeFileSync(join(folder, name), bytes)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let pieces = 0

/** In pieces of three lines, of which one look has 16. */
const audit = {
  readBack(filter: AuditFilter, limit: number, before?: LogPosition) {
    pieces++
    return readBack(folder, filter, limit, before, { lines: 3, bytes: 1e6 })
  },
}

it('finds what a page needs over several pieces, and ends there', async () => {
  const page = await lookBack(audit, {}, 10, undefined)
  expect(page.entries.map(({ seq }) => seq)).toEqual([120, 119, 118, 117, 116, 115, 114, 113, 112, 111])
  expect(page.lookedBackTo).toBeUndefined()
  expect(page.next).not.toBeNull()
})

it('ends one look where it has found too little, says how far it came, and goes on from there', async () => {
  const first = await lookBack(audit, { client: 'rare' }, 10, undefined)
  expect(first.entries.map(({ seq }) => seq)).toEqual([99])
  expect(first.lookedBackTo).toBe('2026-02-03T00:00:00.000Z')
  const second = await lookBack(audit, { client: 'rare' }, 10, first.next ?? undefined)
  expect(second.entries).toEqual([])
  expect(second.lookedBackTo).toBe('2026-01-03T00:00:00.000Z')
  const last = await lookBack(audit, { client: 'rare' }, 10, second.next ?? undefined)
  expect(last.entries.map(({ seq }) => seq)).toEqual([3])
  expect(last).toMatchObject({ next: null })
  expect(last.lookedBackTo).toBeUndefined()
})

it('lets others have their turn between pieces', async () => {
  pieces = 0
  let turns = 0
  const looking = lookBack(audit, { client: 'nobody' }, 10, undefined)
  let isOver = false
  void looking.then(() => {
    isOver = true
  })
  const turn = () => {
    if (isOver) return
    turns++
    setImmediate(turn)
  }
  setImmediate(turn)
  await looking
  expect(pieces).toBe(16)
  expect(turns).toBeGreaterThan(10)
})
