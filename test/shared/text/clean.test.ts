import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanLine, cleanText } from '../../../shared/text/clean.ts'
import { hostileText, unseenIn } from '../../support/mcp/hostile-text.ts'

describe('cleanText', () => {
  it('leaves nothing that cannot be seen, wherever it stood', () => {
    fc.assert(
      fc.property(hostileText, text => {
        expect(unseenIn(cleanText(text))).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })

  it('changes a clean text no further', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const once = cleanText(text)
        expect(cleanText(once)).toBe(once)
      }),
      { numRuns: 2_000 },
    )
  })

  it('gives well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(cleanText(text).isWellFormed()).toBe(true)
      }),
    )
  })

  it('adds nothing: what is left stood there in the same order', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const source = Array.from(text.replace(/\r\n?/g, '\n'))
        let place = 0
        for (const character of cleanText(text)) {
          place = source.indexOf(character, place) + 1
          expect(place).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('leaves letters, digits, marks, symbols and blanks of every script alone', () => {
    const seen = fc
      .string({ unit: 'grapheme' })
      .filter(text => !/[\p{C}\p{DI}\u2028\u2029\u2800]/u.test(text))
    fc.assert(
      fc.property(seen, text => {
        expect(cleanText(text)).toBe(text)
      }),
    )
  })

  it.each(['👩‍💻', '❤️', '1️⃣', '#️⃣', '👨‍👩‍👧‍👦', '🏳️‍🌈', '👍🏽', '👩🏽‍🚀', '🇩🇪', '✈️', '🧑🏿‍🤝‍🧑🏻', '☺️ and 😀'])(
    'keeps %s whole',
    emoji => {
      expect(cleanText(`a ${emoji} b`)).toBe(`a ${emoji} b`)
      expect(cleanText(emoji)).toBe(emoji)
    },
  )

  it.each([
    ['a\r\nb\rc\nd\te', 'a\nb\nc\nd\te'],
    ['\u001b[31mred\u001b[0m', '[31mred[0m'],
    ['a\u202eb\u2066c\u2069', 'abc'],
    ['pass\u200bword\u2060\ufeff\u00ad', 'password'],
    ['a\u{e0041}\u{e0042}\u{e007f}', 'a'],
    ['a\ufe0e\u{e0100}', 'a'],
    ['\u2028\u2029\u0085', ''],
    ['\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\u180e', ''],
    ['\ud800 \udc00', ' '],
    ['👩\ue001\ufe0f', '👩\ue001'],
    ['a\u200db', 'ab'],
    ['Ärger, ﷺ, ไทย, 日本', 'Ärger, ﷺ, ไทย, 日本'],
  ])('of %j is %j', (text, clean) => {
    expect(cleanText(text)).toBe(clean)
  })

  it.each([
    ['a selector that nothing needs, and a joiner behind it', 'a\ufe0f\u200db', 'ab'],
    ['selectors behind a digit that is no keycap', '1\ufe0f\ufe0f', '1'],
    ['more selectors than an emoji has', '❤\ufe0f\ufe0f\ufe0f', '❤\ufe0f'],
    ['a joiner behind a digit', '1\u200d2', '12'],
    ['a joiner that joins an emoji to nothing', '👩\u200d and', '👩 and'],
    ['unassigned characters that show as nothing', 'a\u2065\ufff0\ufff8b', 'ab'],
  ])('leaves no hidden channel in %s', (_, text, clean) => {
    expect(cleanText(text)).toBe(clean)
  })
})

describe('cleanLine', () => {
  it('is one line without blanks at its ends or two together', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const line = cleanLine(text)
        expect(line).not.toMatch(/\s\s|^\s|\s$|[^\S ]/)
        expect(cleanLine(line)).toBe(line)
      }),
    )
  })
})
