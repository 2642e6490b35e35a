import { describe, expect, it } from 'vitest'
import { type Refusal, refusalMessage } from '../../../shared/approvals/outcome.ts'

const refusals: Refusal[] = [
  { kind: 'denied' },
  { kind: 'expired', seconds: 50 },
  { kind: 'cancelled', by: 'person' },
  { kind: 'cancelled', by: 'client' },
  { kind: 'unreachable', why: 'no window is open.' },
  { kind: 'blocked', why: 'Writes are refused.' },
]

describe('refusalMessage', () => {
  it('says differently what ended a write, one line each, and always that nothing was posted', () => {
    const messages = refusals.map(refusalMessage)
    expect(new Set(messages).size).toBe(refusals.length)
    for (const message of messages) {
      expect(message).toMatch(/nothing was posted/i)
      expect(message).not.toMatch(/[\n\r]/)
    }
  })

  it('does not call it a refusal of the person where nobody answered', () => {
    for (const refusal of refusals.filter(({ kind }) => kind !== 'denied')) {
      expect(refusalMessage(refusal)).not.toMatch(/declined|denied|person refused/i)
    }
  })

  it('quotes a reason as the person’s, cleaned and short', () => {
    const message = refusalMessage({ kind: 'denied', reason: 'not\nyet\u202e!' })
    expect(message).toContain('In their words: "not yet!".')
    const long = refusalMessage({ kind: 'denied', reason: 'x'.repeat(10_000) })
    expect(long.length).toBeLessThan(500)
  })

  it('gives the reason why of unreachable and blocked', () => {
    expect(refusalMessage({ kind: 'unreachable', why: 'no window is open.' })).toContain('no window is open.')
    expect(refusalMessage({ kind: 'blocked', why: 'Writes are refused.' })).toContain('Writes are refused.')
    expect(refusalMessage({ kind: 'expired', seconds: 240 })).toContain('240 seconds')
  })
})
