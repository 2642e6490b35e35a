import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visibleParts, visibleText } from '../../../shared/text/visible.ts'
import { hostileText, unseenIn } from '../../support/mcp/hostile-text.ts'

describe('visibleText', () => {
  it('shows everything: nothing unseen is left', () => {
    fc.assert(
      fc.property(hostileText, text => {
        expect(unseenIn(visibleText(text))).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })

  it('loses nothing: with the marks read back it is the text', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const back = visibleText(text).replace(/‹U\+([0-9A-F]+)›/g, (_, code: string) =>
          String.fromCodePoint(Number.parseInt(code, 16)),
        )
        expect(back).toBe(text)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['pay \u202e100', 'pay ‹U+202E›100'],
    ['a\u200bb', 'a‹U+200B›b'],
    ['a\r\nb', 'a‹U+000D›\nb'],
    ['tag\u{e0041}', 'tag‹U+E0041›'],
    ['\ud800', '‹U+D800›'],
    ['a\ufe0f', 'a‹U+FE0F›'],
    ['a\nb\tc', 'a\nb\tc'],
    ['👩‍💻 ❤️ 1️⃣ 👍🏽', '👩‍💻 ❤️ 1️⃣ 👍🏽'],
    ['', ''],
  ])('of %j is %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown)
  })

  it.each([
    ['selectors in a row', '1\ufe0f\ufe0f\ufe0f'],
    ['a joiner that joins nothing', '1\u200d'],
    ['an unassigned character that shows as nothing', 'a\ufff0'],
  ])('shows %s', (_, text) => {
    expect(visibleText(text)).toContain('‹U+')
  })
})

describe('visibleParts', () => {
  it('gives the text back, and marks exactly what the text would not show', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const parts = visibleParts(text)
        const back = parts.map(part =>
          part.kind === 'text'
            ? part.text
            : String.fromCodePoint(Number.parseInt(part.code.replace('U+', ''), 16)),
        )
        expect(back.join('')).toBe(text)
        for (const part of parts) if (part.kind === 'text') expect(unseenIn(part.text)).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })

  it('does not take a text that looks like a mark for one', () => {
    expect(visibleParts('‹U+202E›\u202e')).toEqual([
      { kind: 'text', text: '‹U+202E›' },
      { kind: 'unseen', code: 'U+202E' },
    ])
  })
})
