import fc from 'fast-check'
import { expect, it } from 'vitest'
import { counts, GRACE_MS, NOT_DRAWN, onceAbsorbed, onceDrawn } from '../../../shared/approvals/grace.ts'

const time = fc.integer({ min: 0, max: 10_000_000 })

it('nothing counts before it is drawn, nor in the grace after that', () => {
  fc.assert(
    fc.property(time, time, (drawn, at) => {
      expect(counts(NOT_DRAWN, at)).toBe(false)
      expect(counts(onceDrawn(NOT_DRAWN, drawn), at)).toBe(at >= drawn + GRACE_MS)
    }),
  )
})

it('keys that follow each other within the grace never count, however many', () => {
  fc.assert(
    fc.property(
      time,
      fc.array(fc.integer({ min: 0, max: GRACE_MS - 1 }), { maxLength: 50 }),
      (drawn, pauses) => {
        let quietUntil = onceDrawn(NOT_DRAWN, drawn)
        let at = drawn
        for (const pause of pauses) {
          at += pause
          expect(counts(quietUntil, at)).toBe(false)
          quietUntil = onceAbsorbed(quietUntil, at)
        }
        expect(counts(quietUntil, at + GRACE_MS)).toBe(true)
      },
    ),
  )
})

it('drawn again, it is not new; absorbed before it is drawn, it is still not drawn', () => {
  expect(onceDrawn(500, 9_000)).toBe(500)
  expect(onceAbsorbed(NOT_DRAWN, 9_000)).toBe(NOT_DRAWN)
})
