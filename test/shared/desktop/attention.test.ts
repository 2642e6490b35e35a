import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AttentionFacts, attentionFor, MOST_NOTIFICATIONS } from '../../../shared/desktop/attention.ts'

const FACTS: AttentionFacts = {
  waiting: ['a'],
  told: new Set(),
  window: 'hidden',
  isPutOff: false,
  canNotify: true,
  isManyTold: false,
}
const NOTHING = { showWindow: false, ring: [], ringForMany: 0, isPutOff: false }
const many = Array.from({ length: MOST_NOTIFICATIONS + 1 }, (_, index) => `m${index}`)

describe('for what waits, attention is asked for', () => {
  it.each<[string, Partial<AttentionFacts>, Partial<ReturnType<typeof attentionFor>>]>([
    ['not where nothing waits', { waiting: [] }, {}],
    ['with window and ring for a new one', {}, { showWindow: true, ring: ['a'] }],
    [
      'for the new one alone',
      { waiting: ['a', 'b'], told: new Set(['a']) },
      { showWindow: true, ring: ['b'] },
    ],
    ['not twice for the same', { told: new Set(['a']) }, {}],
    ['with a ring where the window is behind others', { window: 'visible' }, { ring: ['a'] }],
    ['not where the window is before their eyes', { window: 'focused' }, {}],
    ['with a ring alone where it was put off', { isPutOff: true }, { ring: ['a'], isPutOff: true }],
    ['by the window where nothing rings', { canNotify: false }, { showWindow: true }],
    [
      'by the window where nothing rings, put off or not',
      { canNotify: false, isPutOff: true },
      { showWindow: true },
    ],
    ['no more by what was put off once nothing waits', { waiting: [], isPutOff: true }, { isPutOff: false }],
    ['with one ring for many', { waiting: many }, { showWindow: true, ringForMany: many.length }],
    ['for many once', { waiting: many, isManyTold: true, isPutOff: true }, { isPutOff: true }],
  ])('%s', (_, facts, expected) => {
    expect(attentionFor({ ...FACTS, ...facts })).toEqual({ ...NOTHING, ...expected })
  })
})

it('whatever the state, a new request is seen or heard unless it is before their eyes or one ring for many is up', () => {
  const ids = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f'))
  const facts = fc.record({
    waiting: ids,
    told: ids.map(each => new Set(each)),
    window: fc.constantFrom('hidden' as const, 'visible' as const, 'focused' as const),
    isPutOff: fc.boolean(),
    canNotify: fc.boolean(),
    isManyTold: fc.boolean(),
  })
  fc.assert(
    fc.property(facts, each => {
      const { showWindow, ring, ringForMany } = attentionFor(each)
      const fresh = each.waiting.filter(id => !each.told.has(id))
      const isReached = showWindow || ring.length + ringForMany > 0 || each.window === 'focused'
      const isCounted = each.isManyTold || (!each.canNotify && each.window === 'visible')
      expect(fresh.length === 0 || isReached || isCounted).toBe(true)
      expect(ring.every(id => fresh.includes(id))).toBe(true)
      if (fresh.length === 0) expect([showWindow, ring, ringForMany]).toEqual([false, [], 0])
    }),
  )
})
