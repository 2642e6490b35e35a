import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unseenIn } from '../../../../shared/approvals/risks/unseen.ts'
import { cleanText } from '../../../../shared/text/clean.ts'
import { hostileText, unseenIn as unseenByUnicode } from '../../../support/mcp/hostile-text.ts'

describe('unseenIn', () => {
  it.each([
    ['\u202eabc', 'U+202E', 'bidi override'],
    ['a\u2066b', 'U+2066', 'bidi isolate'],
    ['a\u200bb', 'U+200B', 'zero-width space'],
    ['a\u200db', 'U+200D', 'zero-width joiner'],
    ['a\u{e0041}', 'U+E0041', 'tag character'],
    ['a\u{e0100}', 'U+E0100', 'variation selector'],
    ['a\u0007', 'U+0007', 'control character'],
    ['a\rb', 'U+000D', 'control character'],
    ['a\ud800b', 'U+D800', 'half a character'],
    ['pass\u00adword', 'U+00AD', 'soft hyphen'],
    ['\u3164', 'U+3164', 'blank letter'],
    ['a\u2065', 'U+2065', 'invisible character'],
  ])('names what is in %j', (text, code, name) => {
    expect(unseenIn(text)).toEqual([{ code, name, count: 1 }])
  })

  it.each(['plain\n\ttext', 'lines\r\nof Windows\r\n', 'Ärger, 日本, ไทย', '👩‍💻 ❤️ 1️⃣ 👨‍👩‍👧‍👦 🏳️‍🌈', ''])(
    'finds nothing in %j',
    text => {
      expect(unseenIn(text)).toEqual([])
    },
  )

  it('takes only what an emoji needs for its glue', () => {
    expect(unseenIn('❤\ufe0f\ufe0f\ufe0f 👩\u200d')).toEqual([
      { code: 'U+FE0F', name: 'variation selector', count: 2 },
      { code: 'U+200D', name: 'zero-width joiner', count: 1 },
    ])
  })

  it('finds something exactly where something does not show', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const found = unseenIn(text)
        expect(found.length > 0).toBe(cleanText(text) !== text.replace(/\r\n/g, '\n'))
        const codes = found.map(({ code }) => code)
        for (const code of unseenByUnicode(text.replace(/\r\n/g, '\n'))) expect(codes).toContain(code)
      }),
      { numRuns: 1_000 },
    )
  })

  it('tells the most frequent first, and the rest together', () => {
    const tags = Array.from({ length: 100 }, (_, nth) => String.fromCodePoint(0xe0000 + nth)).join('')
    const found = unseenIn(`${tags}\u200b\u200b`)
    expect(found).toHaveLength(20)
    expect(found[0]).toEqual({ code: 'U+200B', name: 'zero-width space', count: 2 })
    expect(found.at(-1)).toEqual({ code: '…', name: 'others', count: 82 })
  })
})
