import { describe, expect, it } from 'vitest'
import {
  outcomeSchema,
  type Refusal,
  refusalMessage,
  refusalSchema,
} from '../../../shared/approvals/outcome.ts'

const messages: [Refusal, string][] = [
  [
    { kind: 'denied' },
    'The person declined this post; nothing was posted. Do not send it again unless they ask for it.',
  ],
  [
    { kind: 'denied', reason: 'Too long.' },
    'The person declined this post; nothing was posted. In their words: "Too long.". Do not send it again unless they ask for it.',
  ],
  [
    { kind: 'expired', seconds: 50 },
    'Nobody answered within 50 seconds; nothing was posted. Asking again is fine once the person says so.',
  ],
  [
    { kind: 'cancelled', by: 'person' },
    'The form was closed without an answer; nothing was posted. Ask the person before you try again.',
  ],
  [
    { kind: 'cancelled', by: 'client' },
    'The call was cancelled before anybody answered; nothing was posted.',
  ],
  [
    { kind: 'unreachable', why: 'no window is open.' },
    'Nobody could be asked: no window is open. Tell the person, and try again once they say so. Nothing was posted.',
  ],
  [
    { kind: 'blocked', why: 'Writes are refused.' },
    'Writes are refused. Nothing was posted, nobody was asked. Do not try again; tell the person.',
  ],
  [
    { kind: 'not_released', why: 'The post could not be written to the audit.' },
    'The post could not be written to the audit. Nothing was posted. Tell the person.',
  ],
  [
    { kind: 'pending_approval', id: 'a1', seconds: 50 },
    'Still waiting for a person (approval a1); nothing was posted yet. Call the same tool again with the same arguments to go on waiting; do not reword it.',
  ],
]

describe('refusalMessage', () => {
  it.each(messages)('of %j is exactly this', (refusal, message) => {
    expect(refusalMessage(refusal)).toBe(message)
  })

  it('says differently what ended a write, one line each, and always that nothing was posted', () => {
    const said = messages.map(([refusal]) => refusalMessage(refusal))
    expect(new Set(said).size).toBe(messages.length)
    for (const message of said) {
      expect(message).toMatch(/nothing was posted/i)
      expect(message).not.toMatch(/[\n\r]/)
    }
  })

  it('has one for every kind', () => {
    const kinds = refusalSchema.options.map(option => option.shape.kind.value)
    expect(new Set(messages.map(([{ kind }]) => kind))).toEqual(new Set(kinds))
  })

  it('does not call it a refusal of the person where nobody answered', () => {
    for (const [refusal] of messages.filter(([{ kind }]) => kind !== 'denied')) {
      expect(refusalMessage(refusal)).not.toMatch(/declined|denied|person refused/i)
    }
  })

  it('quotes a reason as the person’s, cleaned and short', () => {
    const message = refusalMessage({ kind: 'denied', reason: 'not\nyet\u202e!' })
    expect(message).toContain('In their words: "not yet!".')
    const long = refusalMessage({ kind: 'denied', reason: 'x'.repeat(10_000) })
    expect(long.length).toBeLessThan(500)
  })
})

describe('outcomeSchema', () => {
  it('takes an approval with and without a changed text, and every refusal', () => {
    const outcomes = [
      { kind: 'approved' },
      { kind: 'approved', text: 'other' },
      ...messages.map(([one]) => one),
    ]
    for (const outcome of outcomes) expect(outcomeSchema.parse(outcome)).toEqual(outcome)
  })

  it('takes nothing for an approval that is none', () => {
    for (const outcome of [
      {},
      { kind: 'Approved' },
      { kind: 'approved', grant: 'all' },
      { kind: 'approve' },
    ]) {
      expect(outcomeSchema.safeParse(outcome).success).toBe(false)
    }
    expect(refusalSchema.safeParse({ kind: 'approved' }).success).toBe(false)
  })
})
