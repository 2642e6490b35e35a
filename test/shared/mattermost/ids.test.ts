import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isId, looksLikeId, NAME_PATTERN, USERNAME_PATTERN } from '../../../shared/mattermost/ids.ts'

const id = fc.stringMatching(/^[a-z0-9]{26}$/)

describe('isId', () => {
  it('is true for 26 lower-case letters and digits and for nothing else', () => {
    fc.assert(fc.property(id, text => isId(text)))
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), text => {
        expect(isId(text)).toBe(text.length === 26 && /^[a-z0-9]*$/.test(text))
      }),
    )
  })

  it.each([
    ['', 'empty'],
    ['a'.repeat(25), 'too short'],
    ['a'.repeat(27), 'too long'],
    [`${'a'.repeat(25)}A`, 'a capital'],
    [`${'a'.repeat(26)}\n`, 'a line end'],
    ['٠'.repeat(26), 'Arabic digits'],
    ['ａ'.repeat(26), 'full-width letters'],
    [`${'a'.repeat(23)}../`, 'a path'],
  ])('%j is none: %s', text => {
    expect(isId(text)).toBe(false)
  })
})

describe('looksLikeId', () => {
  it('is never true for an id', () => {
    fc.assert(fc.property(id, text => !looksLikeId(text)))
  })

  it.each(['a'.repeat(24), 'a'.repeat(28), `${'a'.repeat(25)}A`, '٠'.repeat(26), 'ａ'.repeat(26)])(
    '%j was meant as one',
    text => {
      expect(looksLikeId(text)).toBe(true)
    },
  )

  it.each(['a'.repeat(23), 'a'.repeat(29), `${'a'.repeat(20)}-bcdef`, ''])('%j was not', text => {
    expect(looksLikeId(text)).toBe(false)
  })
})

describe('names', () => {
  it('hold nothing that means anything in a URL', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(text, given => {
        if (!NAME_PATTERN.test(given) && !USERNAME_PATTERN.test(given)) return
        expect(encodeURIComponent(given)).toBe(given)
      }),
      { numRuns: 1_000 },
    )
  })

  it.each(['.', '..', '...', '-x', '_x', '', 'a b', 'a/b', 'ä', 'x\n', 'x'.repeat(65)])(
    '%j is no name',
    text => {
      expect(NAME_PATTERN.test(text)).toBe(false)
    },
  )

  it.each(['', 'a b', 'a/b', 'ä', 'x\n', 'a@b', 'x'.repeat(65)])('%j is no user name', text => {
    expect(USERNAME_PATTERN.test(text)).toBe(false)
  })
})
