import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChangedLine, textChanges } from '../../../../renderer/approval/message/text-changes.ts'

function side(lines: ChangedLine[], gone: 'added' | 'removed'): string {
  return lines
    .filter(({ kind }) => kind !== gone)
    .map(({ pieces }) => pieces.map(({ text }) => text).join(''))
    .join('\n')
}

const words = fc
  .array(fc.constantFrom('a', 'bb', ' ', '\n', '\n\n', '\u202e', '👩‍💻', '\r', '@all'), { maxLength: 40 })
  .map(parts => parts.join(''))

describe('textChanges', () => {
  it('hides nothing: both texts can be read back from it, to the letter', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const lines = textChanges(before, after)
        expect(side(lines, 'added')).toBe(before)
        expect(side(lines, 'removed')).toBe(after)
      }),
      { numRuns: 1_000 },
    )
  })

  it('marks what is other in a line, and nothing else', () => {
    expect(
      textChanges('one\nthe feed lags by ten minutes\nend', 'one\nthe feed lags by an hour\nend'),
    ).toMatchObject([
      { kind: 'same', pieces: [{ kind: 'same', text: 'one' }] },
      { kind: 'removed' },
      { kind: 'added' },
      { kind: 'same', pieces: [{ kind: 'same', text: 'end' }] },
    ])
    const [, removed] = textChanges('one\nlags by ten minutes', 'one\nlags by two minutes')
    expect(removed?.pieces.filter(({ kind }) => kind === 'removed')).toEqual([
      { kind: 'removed', text: 'ten' },
    ])
  })

  it('tells texts that have nothing in common line by line', () => {
    const before = Array.from({ length: 3_000 }, (_, index) => `before ${index}`).join('\n')
    const after = Array.from({ length: 3_000 }, (_, index) => `after ${index}`).join('\n')
    const lines = textChanges(before, after)
    expect(side(lines, 'added')).toBe(before)
    expect(side(lines, 'removed')).toBe(after)
  })
})
