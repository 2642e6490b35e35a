import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printReadableJson } from '../../../../electron/cli/terminal/print.ts'
import { capturedIo } from '../../../support/terminal/captured-io.ts'

function printed(value: unknown): string {
  const io = capturedIo('/nowhere')
  printReadableJson(io, value)
  return io.printed()
}

describe('JSON that a person can read', () => {
  it('keeps letters of every script, and slashes', () => {
    const text = 'Grüße, 漢字, 😀, a/b'
    expect(printed({ text })).toBe(`{\n  "text": "${text}"\n}`)
  })

  it('shows as escapes what a terminal would obey or hide', () => {
    expect(printed('\u001b[31m\u009b31m\u202e\u200b\u2028\u{e0041}')).toBe(
      '"\\u001b[31m\\u009b31m\\u202e\\u200b\\u2028\\udb40\\udc41"',
    )
  })

  it('is always the same value, and nothing unseen but its own line ends', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 })
    fc.assert(
      fc.property(fc.dictionary(text, fc.oneof(text, fc.integer(), fc.constant(null))), value => {
        const json = printed(value)
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(json.replaceAll('\n', '')).not.toMatch(
          /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u,
        )
      }),
    )
  })
})
