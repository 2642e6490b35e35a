import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  askedAgo,
  canExtend,
  shareLeft,
  spokenTimeLeft,
  timeToSay,
} from '../../../../renderer/approval/request/time-words.ts'

it.each([
  [0, 'just now'],
  [-5_000, 'just now'],
  [12_400, '12 s ago'],
  [59_999, '59 s ago'],
  [60_000, '1 min ago'],
  [3_600_000, '1 h ago'],
  [Number.NaN, 'some time ago'],
])('asked %d ms ago: %s', (passed, words) => {
  expect(askedAgo(0, passed)).toBe(words)
})

it.each([
  [228_000, '3 minutes 48 seconds left'],
  [61_000, '1 minute 1 second left'],
  [60_000, '1 minute left'],
  [1, '1 second left'],
  [0, 'no time left'],
  [-1, 'no time left'],
])('%d ms are spoken as %s', (left, words) => {
  expect(spokenTimeLeft(left, 0)).toBe(words)
})

it('speaks of time three times at most on the way to the end', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 100 }), steps => {
      let left = 300
      const said: string[] = []
      for (const step of steps) {
        const words = timeToSay(left, left - step)
        if (words !== undefined) said.push(words)
        left -= step
      }
      expect(said.length).toBeLessThanOrEqual(3)
      expect(new Set(said).size).toBe(said.length)
    }),
  )
  expect(timeToSay(61, 60)).toBe('1 minute left to decide.')
  expect(timeToSay(31, 29)).toBe('30 seconds left to decide.')
  expect(timeToSay(300, 299)).toBeUndefined()
  // An extension is no moment to speak of.
  expect(timeToSay(9, 300)).toBeUndefined()
})

it('an extension is offered where it gains time', () => {
  expect(canExtend(299_999, 0)).toBe(true)
  expect(canExtend(300_000, 0)).toBe(false)
})

it('the share that is left is one of a whole', () => {
  expect(shareLeft({ askedAt: 0, expiresAt: 100 }, 25)).toBe(0.75)
  expect(shareLeft({ askedAt: 0, expiresAt: 100 }, 900)).toBe(0)
  expect(shareLeft({ askedAt: 100, expiresAt: 100 }, 100)).toBe(0)
})
