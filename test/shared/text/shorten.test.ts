import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dropCharacters, ellipsis, takeCharacters } from '../../../shared/text/shorten.ts'

const text = fc.string({ unit: 'binary', maxLength: 30 })
const max = fc.integer({ min: 1, max: 40 })

describe('takeCharacters', () => {
  it('gives the head and counts what is left, in whole characters', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 40 }), (given, most) => {
        const { text: head, left } = takeCharacters(given, most)
        const length = Array.from(head).length
        expect(given.startsWith(head)).toBe(true)
        expect(length).toBe(Math.min(most, Array.from(given).length))
        expect(length + left).toBe(Array.from(given).length)
        if (given.isWellFormed()) expect(head.isWellFormed()).toBe(true)
      }),
    )
  })

  it('never cuts a surrogate pair', () => {
    expect(takeCharacters('😀😀😀', 2)).toEqual({ text: '😀😀', left: 1 })
  })
})

describe('ellipsis', () => {
  it('is the text itself where it fits, else its head and one sign for the rest, never longer', () => {
    fc.assert(
      fc.property(text, max, (given, most) => {
        const short = ellipsis(given, most)
        const length = Array.from(given).length
        expect(Array.from(short).length).toBe(Math.min(most, length))
        if (length <= most) expect(short).toBe(given)
        else
          expect(short).toBe(
            `${Array.from(given)
              .slice(0, most - 1)
              .join('')}…`,
          )
      }),
    )
  })
})

describe('dropCharacters', () => {
  it('gives what takeCharacters leaves', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 40 }), (given, count) => {
        expect(takeCharacters(given, count).text + dropCharacters(given, count)).toBe(given)
      }),
    )
  })
})
