import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JournalLine, readJournal } from '../../../shared/posting/journal-entry.ts'

const at = '2026-01-05T09:00:00.000Z'
const word = fc.stringMatching(/^[a-z0-9 äß🎉"\\-]{1,12}$/u)

const intended = fc.record({
  step: fc.constant('intended' as const),
  at: fc.constant(at),
  mark: word,
  server: word,
  author: word,
  channel: word,
  hash: word,
  characters: fc.nat(),
  client: word,
  pid: fc.nat(),
  claim: fc.constantFrom('a', 'b', 'c'),
})
const line: fc.Arbitrary<JournalLine> = fc.oneof(
  intended,
  fc.record({
    step: fc.constant('withdrawn' as const),
    at: fc.constant(at),
    claim: fc.constantFrom('a', 'b'),
  }),
  fc.record({
    step: fc.constant('sending' as const),
    at: fc.constant(at),
    attempt: fc.constantFrom(1, 2),
    pending: word,
  }),
  fc.record({
    step: fc.constant('posted' as const),
    at: fc.constant(at),
    post: word,
    how: fc.constantFrom('answered' as const, 'found' as const),
  }),
  fc.record({ step: fc.constant('not-posted' as const), at: fc.constant(at), why: word }),
  fc.record({ step: fc.constant('unknown' as const), at: fc.constant(at), why: word }),
)
const lines = fc.array(line, { maxLength: 8 }).chain(rest => intended.map(first => [first, ...rest]))

const text = (steps: JournalLine[]) => steps.map(step => `${JSON.stringify(step)}\n`).join('')
const claim = (name: string): JournalLine => ({
  step: 'intended',
  at,
  mark: 'm',
  server: 's',
  author: 'a',
  channel: 'c',
  hash: 'h',
  characters: 1,
  client: 'x',
  pid: 1,
  claim: name,
})
const sending: JournalLine = { step: 'sending', at, attempt: 1, pending: 'p' }
const posted: JournalLine = { step: 'posted', at, post: 'id', how: 'answered' }
const notPosted: JournalLine = { step: 'not-posted', at, why: 'forbidden' }
const unknown: JournalLine = { step: 'unknown', at, why: 'timeout' }

describe('readJournal', () => {
  it('takes a line that was cut off, at whichever byte, for a step not taken', () => {
    fc.assert(
      fc.property(lines, steps => {
        const bytes = Buffer.from(text(steps))
        let whole = 0
        for (let length = 0; length <= bytes.length; length++) {
          // Without its line feed a line is whole already.
          const next = bytes.indexOf('\n', length)
          const isWhole = length > 0 && next === length
          if (isWhole) whole++
          const read = readJournal(bytes.subarray(0, length).toString('utf8'))
          expect(read).toEqual(readJournal(text(steps.slice(0, whole))))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('ignores what is no line of a journal, wherever it stands', () => {
    const junk = fc.oneof(
      fc.string().filter(noise => !noise.includes('"step"')),
      fc.constantFrom('{"step":"posted"}', '{"step":"flown"}', '[]', 'null', '{', '', '  '),
    )
    fc.assert(
      fc.property(lines, fc.array(junk, { minLength: 1, maxLength: 4 }), fc.nat(), (steps, noise, place) => {
        const kept = steps.map(step => JSON.stringify(step))
        kept.splice(place % (kept.length + 1), 0, ...noise.map(one => one.replaceAll('\n', ' ')))
        expect(readJournal(kept.join('\n'))).toEqual(readJournal(text(steps)))
      }),
    )
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), noise => void readJournal(noise)))
  })

  it('never forgets that something was posted, whatever is written after it', () => {
    fc.assert(
      fc.property(lines, fc.array(line), (before, after) => {
        const state = readJournal(text([...before, posted]))
        expect(readJournal(text([...before, posted, ...after]))).toEqual(state)
      }),
    )
  })

  it('lets nothing begin anew while a post may be on its way', () => {
    const began = [claim('a'), sending]
    for (const after of [
      [],
      [unknown],
      [claim('b')],
      [unknown, claim('b'), { step: 'withdrawn', at, claim: 'a' }],
    ]) {
      expect(readJournal(text([...began, ...(after as JournalLine[])]))?.kind).toBe('unresolved')
    }
  })

  it('begins anew after what was not posted, and counts its tries from there', () => {
    const steps = [claim('a'), sending, unknown, sending, notPosted, claim('b')]
    expect(readJournal(text(steps))).toMatchObject({ kind: 'intended', intent: { claim: 'b' } })
    expect(readJournal(text([...steps, sending]))).toMatchObject({ kind: 'unresolved', attempts: 1 })
  })

  it('gives a post to the first who wants to send it, until that one withdraws', () => {
    const both = [claim('a'), claim('b')]
    expect(readJournal(text(both))).toMatchObject({ kind: 'intended', intent: { claim: 'a' } })
    const first: JournalLine = { step: 'withdrawn', at, claim: 'a' }
    expect(readJournal(text([...both, first]))).toMatchObject({ kind: 'intended', intent: { claim: 'b' } })
    const second: JournalLine = { step: 'withdrawn', at, claim: 'b' }
    expect(readJournal(text([...both, first, second]))?.kind).toBe('not-posted')
  })

  it('reads the lines of versions that knew no claims', () => {
    const { claim: _, ...old } = claim('a') as Extract<JournalLine, { step: 'intended' }>
    const steps = `${JSON.stringify(old)}\n${JSON.stringify(sending)}\n`
    expect(readJournal(steps)).toMatchObject({ kind: 'unresolved', sending: { pending: 'p' } })
  })
})
