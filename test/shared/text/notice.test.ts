import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText } from '../../../shared/text/clean.ts'
import { NOTICE, onOneLine } from '../../../shared/text/notice.ts'
import { hostileText } from '../../support/mcp/hostile-text.ts'

describe('onOneLine', () => {
  it('leaves no line break and no tab in a clean text', () => {
    fc.assert(
      fc.property(hostileText, text => {
        expect(onOneLine(cleanText(text))).not.toMatch(/[\n\r\t\u2028\u2029\u0085\v\f]/)
      }),
    )
  })

  it('keeps the words and shows where the lines ended', () => {
    expect(onOneLine('one\ntwo\tthree')).toBe('one↵two three')
  })
})

describe('the notice', () => {
  it('is one line that says what chat text is', () => {
    expect(NOTICE).toMatch(/not instructions/)
    expect(NOTICE).not.toContain('\n')
  })
})
