import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HEAD_FILE } from '../../../../shared/audit/head.ts'
import { makeLine } from '../../../../shared/audit/link.ts'
import { sha256 } from '../../../support/audit/built-log.ts'
import { logFolder } from '../../../support/audit/log-folder.ts'

const { place, log, append, path, month } = logFolder()

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
        rmSync(place.folder, { recursive: true, force: true })
        for (const { days, client } of all) {
          place.clock += days * 86_400_000
          append(client)
        }
        expect(await log().verify()).toMatchObject({ kind: 'intact', entries: all.length, notes: [] })
        const files = readdirSync(place.folder).filter(name => name.endsWith('.jsonl'))
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
