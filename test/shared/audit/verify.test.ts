import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GENESIS, makeLine } from '../../../shared/audit/link.ts'
import type { AuditProblem } from '../../../shared/audit/problems.ts'
import type { AuditCheck } from '../../../shared/audit/verify.ts'
import { type BuiltLog, buildLog, check, linesOf, sha256, withLines } from '../../support/audit/built-log.ts'

const months = fc
  .array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 })
  .filter(counts => counts.some(count => count > 0))
const pick = fc.nat({ max: 1_000_000 })
const RUNS = { numRuns: 1500 }

function problemsOf(found: AuditCheck): AuditProblem[] {
  if (found.kind !== 'broken') throw new Error(`nothing was found: ${JSON.stringify(found)}`)
  return found.problems
}

function lineAt(log: BuiltLog, choice: number) {
  const lines = linesOf(log)
  const at = choice % lines.length
  const line = lines[at]
  if (line === undefined) throw new Error('an empty log')
  return { ...line, at, lines }
}

/** A line that is sound in itself, in place of a number. */
function forged(seq: number, prev: string): string {
  return makeLine({ seq, at: '2026-01-03T00:00:00.000Z', kind: 'call', client: 'forged' }, prev, sha256).line
}

function hashOf(line: string | undefined): string {
  return line === undefined ? GENESIS : JSON.parse(line).hash
}

describe('verify', () => {
  it('takes every log that was only appended to, and nothing for nothing', () => {
    fc.assert(
      fc.property(months, counts => {
        const log = buildLog(counts)
        expect(check(log)).toEqual({
          kind: 'intact',
          entries: log.head.seq,
          files: log.files.size,
          notes: [],
        })
      }),
    )
    expect(check({ files: new Map() })).toEqual({ kind: 'empty' })
    expect(check({ files: new Map(), head: buildLog([0]).head })).toEqual({ kind: 'empty' })
  })

  it('finds any altered byte and names its line', () => {
    fc.assert(
      fc.property(months, pick, fc.integer({ min: 1, max: 255 }), (counts, choice, flip) => {
        const log = buildLog(counts)
        const [file, bytes] = [...log.files][choice % log.files.size] ?? ['', Buffer.alloc(0)]
        const offset = Math.floor(choice / log.files.size) % bytes.length
        const changed = Buffer.from(bytes)
        changed[offset] = (changed[offset] ?? 0) ^ flip
        const line = bytes.subarray(0, offset).toString('latin1').split('\n').length
        const found = problemsOf(check({ ...log, files: new Map(log.files).set(file, changed) }))
        expect(found).toContainEqual(expect.objectContaining({ what: 'altered', file, line }))
      }),
      RUNS,
    )
  })

  it('finds a removed line, the last one too', () => {
    fc.assert(
      fc.property(months, pick, (counts, choice) => {
        const log = buildLog(counts)
        const { file, index, lines, at } = lineAt(log, choice)
        const [problem, ...others] = problemsOf(check(withLines(log, file, all => all.splice(index, 1))))
        expect(others).toEqual([])
        expect(problem).toMatchObject({ what: 'removed', says: expect.stringContaining(`entry ${at + 1}`) })
        const isOnly = lines.filter(line => line.file === file).length === 1
        const next = lines[at + 1]
        if (isOnly) expect(problem).toMatchObject({ file, line: undefined })
        else if (next === undefined || next.file === file)
          expect(problem).toMatchObject({ file, line: index + 1 })
        else expect(problem).toMatchObject({ file: next.file, line: 1 })
      }),
      RUNS,
    )
  })

  it('finds an inserted copy of any line anywhere', () => {
    fc.assert(
      fc.property(months, pick, pick, (counts, choice, from) => {
        const log = buildLog(counts)
        const { file, index, at } = lineAt(log, choice)
        const copy = lineAt(log, from)
        for (const position of [index, index + 1]) {
          const found = problemsOf(check(withLines(log, file, all => all.splice(position, 0, copy.line))))
          expect(found).toHaveLength(1)
          // Of two equal lines in a row nobody can tell which came second.
          const near = Math.abs(copy.at - at) <= 1 ? [position, position + 1, position + 2] : [position + 1]
          expect(found[0]).toMatchObject({ what: 'inserted' })
          if (found[0]?.file === file) expect(near).toContain(found[0].line)
          else expect(Math.abs(copy.at - at)).toBe(1)
        }
      }),
      RUNS,
    )
  })

  it('finds an inserted line that fits to the one before it, and one of another number', () => {
    fc.assert(
      fc.property(
        months,
        pick,
        fc.integer({ min: 0, max: 30 }),
        fc.boolean(),
        (counts, choice, seq, fits) => {
          const log = buildLog(counts)
          const { file, index, at, lines } = lineAt(log, choice)
          const line = fits ? forged(at + 1, hashOf(lines[at - 1]?.line)) : forged(seq + 1, 'f'.repeat(64))
          const found = problemsOf(check(withLines(log, file, all => all.splice(index, 0, line))))
          expect(found).toContainEqual(expect.objectContaining({ file, line: index + 1 }))
          if (fits) expect(found).toMatchObject([{ what: 'inserted' }])
        },
      ),
      RUNS,
    )
  })

  it('finds several forged lines that follow each other', () => {
    const log = buildLog([12])
    const lines = linesOf(log).map(({ line }) => line)
    const one = forged(5, hashOf(lines[3]))
    const found = check(withLines(log, '2026-01.jsonl', all => all.splice(4, 0, one, forged(6, hashOf(one)))))
    expect(found).toMatchObject({ kind: 'broken', problems: [{ what: 'inserted', line: 5 }] })
  })

  it('finds a number that was skipped, though every hash fits', () => {
    const log = buildLog([3])
    const found = check(
      withLines(log, '2026-01.jsonl', all => {
        all[2] = forged(7, hashOf(all[1]))
      }),
    )
    expect(found).toMatchObject({ kind: 'broken' })
    const line = forged(7, log.head.hash)
    const files = withLines(log, '2026-01.jsonl', all => all.push(line)).files
    const head = { ...log.head, seq: 7, hash: hashOf(line) }
    expect(check({ files, head })).toMatchObject({ problems: [{ what: 'removed', line: 4 }] })
  })

  it('finds an entry that was replaced, its hash made anew', () => {
    fc.assert(
      fc.property(months, pick, fc.boolean(), (counts, choice, keepsPrev) => {
        const log = buildLog(counts)
        const { file, index, at, lines } = lineAt(log, choice)
        const line = forged(at + 1, keepsPrev ? hashOf(lines[at - 1]?.line) : 'f'.repeat(64))
        const found = problemsOf(check(withLines(log, file, all => all.splice(index, 1, line))))
        expect(found).toMatchObject([{ what: 'altered', file, line: index + 1 }])
      }),
      RUNS,
    )
  })

  it('finds lines that changed places', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), pick, pick, (count, a, b) => {
        fc.pre(a % count !== b % count)
        const [first, second] = [a % count, b % count].sort((x, y) => x - y) as [number, number]
        const log = buildLog([count])
        const found = problemsOf(
          check(
            withLines(log, '2026-01.jsonl', all => {
              const line = all[first] ?? ''
              all[first] = all[second] ?? ''
              all[second] = line
            }),
          ),
        )
        expect(new Set(found.map(({ what }) => what))).toEqual(new Set(['out-of-order']))
        for (const { line } of found) {
          expect(line).toBeGreaterThanOrEqual(first + 1)
          expect(line).toBeLessThanOrEqual(second + 1)
        }
      }),
      RUNS,
    )
  })

  it('finds that the end was cut off, at any byte', () => {
    fc.assert(
      fc.property(months, pick, (counts, choice) => {
        const log = buildLog(counts)
        const { file } = log.head
        const bytes = log.files.get(file) ?? Buffer.alloc(0)
        const left = bytes.subarray(0, choice % (bytes.length - 1))
        const found = problemsOf(check({ ...log, files: new Map(log.files).set(file, left) }))
        expect(found.map(problem => problem.file)).toContain(file)
      }),
      RUNS,
    )
  })

  it('finds and names a whole file that is gone: the first, one between, the last', () => {
    fc.assert(
      fc.property(months, pick, (counts, choice) => {
        const log = buildLog(counts)
        const file = [...log.files.keys()][choice % log.files.size] ?? ''
        const files = new Map(log.files)
        files.delete(file)
        expect(check({ ...log, files })).toMatchObject({
          kind: 'broken',
          problems: [{ what: 'removed', file, line: undefined }],
        })
      }),
    )
  })

  it('finds that the end record is gone, unreadable, or of another log', () => {
    const { files, head } = buildLog([2, 1])
    expect(check({ files })).toMatchObject({ problems: [{ what: 'removed', file: 'head.json' }] })
    expect(check({ files, head: { ...head, hash: sha256('other') } })).toMatchObject({
      problems: [{ what: 'altered', file: '2026-02.jsonl', line: 1 }],
    })
    expect(check({ files, head: { ...head, seq: 2, hash: sha256('other') } })).toMatchObject({
      kind: 'broken',
    })
  })

  it('notes, and does not blame, entries newer than the end record', () => {
    const { files } = buildLog([3])
    const { head } = buildLog([2])
    const found = check({ files, head })
    expect(found).toMatchObject({ kind: 'intact', notes: [expect.stringMatching(/^1 at the end newer/)] })
  })

  it('takes half a line at the very end for one that was torn, elsewhere only where the next entry attests it', () => {
    const log = buildLog([3])
    const bytes = log.files.get('2026-01.jsonl') ?? Buffer.alloc(0)
    const torn = '{"seq":4,"at":"2026-'
    const end = Buffer.concat([bytes, Buffer.from(torn)])
    expect(check({ ...log, files: new Map([['2026-01.jsonl', end]]) })).toMatchObject({
      kind: 'intact',
      notes: [expect.stringContaining('2026-01.jsonl line 4: half a line')],
    })
    const goesOn = (attests: string | undefined, stands: string) => {
      const fields = { seq: 4, at: '2026-01-04T00:00:00.000Z', kind: 'call' as const, torn: attests }
      const { line, hash } = makeLine(fields, log.head.hash, sha256)
      const files = new Map([['2026-01.jsonl', Buffer.concat([bytes, Buffer.from(`${stands}${line}\n`)])]])
      return check({ files, head: { ...log.head, seq: 4, hash } })
    }
    expect(goesOn(sha256(torn), `${torn}\n`)).toMatchObject({ kind: 'intact', notes: [expect.any(String)] })
    const inserted = { kind: 'broken', problems: [{ what: 'inserted', line: 4 }] }
    expect(goesOn(undefined, `${torn}\n`)).toMatchObject(inserted)
    expect(goesOn(sha256(torn), `${torn}x\n`)).toMatchObject(inserted)
    expect(goesOn(sha256(torn), '')).toMatchObject({ problems: [{ what: 'removed', line: 4 }] })
  })

  it('says what an entry attests: that it was written without an end record', () => {
    const fields = { seq: 1, at: '2026-01-04T00:00:00.000Z', kind: 'call' as const, lost: true as const }
    const { line, hash } = makeLine(fields, GENESIS, sha256)
    const files = new Map([['2026-01.jsonl', Buffer.from(`${line}\n`)]])
    const head = { seq: 1, hash, file: '2026-01.jsonl', size: 0 }
    expect(check({ files, head })).toMatchObject({ problems: [{ what: 'removed', line: 1 }] })
  })

  it('stays bounded on junk, and counts what it does not tell', () => {
    const log = buildLog([2])
    const found = check(
      withLines(log, '2026-01.jsonl', all => all.splice(1, 0, ...Array.from({ length: 5000 }, () => 'junk'))),
    )
    expect(found).toMatchObject({ kind: 'broken', entries: 2, more: 4900 })
    expect(problemsOf(found)).toHaveLength(100)
  })
})
