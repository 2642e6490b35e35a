import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ApprovalEvent,
  type ApprovalRecord,
  approvalOf,
  asked,
  EXTENSION_MS,
  howDecided,
  LIFETIME_MS,
  offerOf,
  REMEMBER_MS,
  transition,
  unrecorded,
} from '../../../shared/approvals/transition.ts'
import { ASKER, ONCE, SUBJECT } from '../../support/approvals/approvals-world.ts'

const NOW = 1_000_000
const fresh = asked({ id: 'a', asker: ASKER, function: 'f', subject: SUBJECT }, NOW)
const approve: ApprovalEvent = { kind: 'answered', answer: ONCE, by: 'terminal' }
const deny: ApprovalEvent = { kind: 'answered', answer: { kind: 'deny' }, by: 'terminal' }

function play(record: ApprovalRecord, ...events: ApprovalEvent[]): ApprovalRecord {
  return events.reduce((before, event) => transition(before, event, NOW + 1).record, record)
}

function outcomeOf({ state }: ApprovalRecord) {
  return state.kind === 'pending' ? undefined : state.outcome
}

describe('an approval', () => {
  it('begins with one call that waits, and lasts a quarter of an hour', () => {
    expect(approvalOf(fresh)).toEqual({
      id: 'a',
      asker: ASKER,
      function: 'f',
      subject: SUBJECT,
      askedAt: NOW,
      expiresAt: NOW + LIFETIME_MS,
      attended: true,
      shownOn: [],
    })
  })

  it.each<[ApprovalEvent, unknown]>([
    [approve, { kind: 'approved' }],
    [{ ...approve, answer: { ...ONCE, text: 'hello' } }, { kind: 'approved' }],
    [
      { ...approve, answer: { ...ONCE, text: 'bye' } },
      { kind: 'approved', text: 'bye' },
    ],
    [deny, { kind: 'denied' }],
    [{ ...deny, answer: { kind: 'deny', reason: ' \u202e ' } }, { kind: 'denied' }],
    [
      { ...deny, answer: { kind: 'deny', reason: 'too\nloud\u0007' } },
      { kind: 'denied', reason: 'too loud' },
    ],
    [{ kind: 'formAnswered', outcome: { kind: 'approved', text: 'unchecked' } }, { kind: 'approved' }],
    [
      { kind: 'formAnswered', outcome: { kind: 'cancelled', by: 'person' } },
      { kind: 'cancelled', by: 'person' },
    ],
    [
      { kind: 'notShown', why: 'no window.' },
      { kind: 'unreachable', why: 'no window.' },
    ],
    [{ kind: 'withdrawn' }, { kind: 'cancelled', by: 'client' }],
  ])('ends by %j as %j', (event, outcome) => {
    expect(outcomeOf(play(fresh, event))).toEqual(outcome)
  })

  it('quotes at most 300 characters of a reason', () => {
    const ended = play(fresh, { ...deny, answer: { kind: 'deny', reason: 'x'.repeat(2_000) } })
    expect(outcomeOf(ended)).toEqual({ kind: 'denied', reason: `${'x'.repeat(299)}…` })
  })

  it('expires at its end and not before, whatever comes', () => {
    const { expiresAt } = fresh
    expect(transition(fresh, { kind: 'timedOut' }, expiresAt - 1)).toEqual({ record: fresh, took: false })
    for (const event of [approve, deny, { kind: 'withdrawn' }, { kind: 'extended' }] as ApprovalEvent[]) {
      const { record, took } = transition(fresh, event, expiresAt)
      expect(took).toBe(false)
      expect(outcomeOf(record)).toEqual({ kind: 'expired', seconds: 900 })
    }
    expect(outcomeOf(transition(fresh, approve, expiresAt - 1).record)).toEqual({ kind: 'approved' })
  })

  it('gets five minutes from now by an extension, never less than it had', () => {
    expect(transition(fresh, { kind: 'extended' }, NOW + 1).record.expiresAt).toBe(fresh.expiresAt)
    const late = fresh.expiresAt - 1
    expect(transition(fresh, { kind: 'extended' }, late).record.expiresAt).toBe(late + EXTENSION_MS)
  })

  it('is not given up once it was shown, nor while no call waits', () => {
    const notShown: ApprovalEvent = { kind: 'notShown', why: '' }
    expect(outcomeOf(play(fresh, { kind: 'shown', surface: 'terminal' }, notShown))).toBeUndefined()
    expect(outcomeOf(play(fresh, { kind: 'detached' }, notShown))).toBeUndefined()
  })

  it('names each surface once, at most twenty', () => {
    const events = Array.from(
      { length: 50 },
      (_, index): ApprovalEvent => ({ kind: 'shown', surface: `s${index >> 1}` }),
    )
    expect(play(fresh, ...events).shownOn).toEqual(Array.from({ length: 20 }, (_, index) => `s${index}`))
  })

  it('takes one call at a time', () => {
    expect(transition(fresh, { kind: 'attached' }, NOW).took).toBe(false)
    const alone = play(fresh, { kind: 'detached' })
    expect(approvalOf(alone).attended).toBe(false)
    expect(transition(alone, { kind: 'detached' }, NOW).took).toBe(false)
    expect(play(alone, { kind: 'attached' }).waiters).toBe(1)
  })

  it('is told once, and used once after that', () => {
    expect(transition(play(fresh, approve), { kind: 'released' }, NOW).took).toBe(false)
    const told = play(fresh, approve, { kind: 'told' })
    expect(transition(told, { kind: 'told' }, NOW).took).toBe(false)
    expect(transition(told, { kind: 'released' }, NOW).took).toBe(true)
    expect(transition(play(told, { kind: 'released' }), { kind: 'released' }, NOW).took).toBe(false)
    expect(transition(play(fresh, deny, { kind: 'told' }), { kind: 'released' }, NOW).took).toBe(false)
    expect(transition(fresh, { kind: 'told' }, NOW).took).toBe(false)
  })

  it('stays as it was decided, whatever comes then', () => {
    const event = fc.constantFrom<ApprovalEvent>(
      { kind: 'attached' },
      { kind: 'detached' },
      { kind: 'shown', surface: 'terminal' },
      approve,
      deny,
      { kind: 'formAnswered', outcome: { kind: 'approved' } },
      { kind: 'extended' },
      { kind: 'timedOut' },
      { kind: 'notShown', why: '' },
      { kind: 'withdrawn' },
      { kind: 'told' },
      { kind: 'released' },
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.nat(LIFETIME_MS)), { maxLength: 30 }), steps => {
        let record = fresh
        for (const [event, now] of steps) {
          const before = outcomeOf(record)
          record = transition(record, event, NOW + now).record
          if (before !== undefined) expect(outcomeOf(record)).toEqual(before)
        }
      }),
    )
  })
})

describe('what a second call of the same is offered', () => {
  const alone = play(fresh, { kind: 'detached' })
  it.each<[string, ApprovalRecord, number, string]>([
    ['nothing while another call waits', fresh, 0, 'nothing'],
    ['the wait', alone, 0, 'wait'],
    ['an approval', play(alone, approve), 0, 'answer'],
    ['a denial', play(alone, deny), 0, 'answer'],
    ['nothing that is old', play(alone, deny), REMEMBER_MS + 1, 'nothing'],
    ['nothing that was told', play(alone, approve, { kind: 'told' }), 0, 'nothing'],
    ['nothing that no person said', play(alone, { kind: 'withdrawn' }), 0, 'nothing'],
    ['nothing that waits to be told', play(fresh, approve), 0, 'nothing'],
  ])('%s', (_, record, later, offer) => {
    expect(offerOf(record, NOW + 1 + later)).toBe(offer)
  })
})

describe('howDecided', () => {
  it.each<[ApprovalEvent, string]>([
    [approve, 'approved by terminal'],
    [deny, 'denied by terminal'],
    [{ kind: 'withdrawn' }, 'cancelled, the client gave up or left'],
    [
      { kind: 'formAnswered', outcome: { kind: 'cancelled', by: 'person' } },
      "closed without an answer in client's form",
    ],
    [{ kind: 'notShown', why: '' }, 'given up, nobody could be asked'],
    [{ kind: 'formAnswered', outcome: { kind: 'expired', seconds: 1 } }, 'expired, nobody answered in time'],
  ])('%j: %s', (event, how) => {
    const { state } = play(fresh, event)
    expect(state.kind === 'decided' && howDecided(state)).toBe(how)
  })
})

it('an approval that was not recorded is none, a refusal stays', () => {
  expect(outcomeOf(unrecorded(play(fresh, approve)))).toMatchObject({ kind: 'unreachable' })
  expect(outcomeOf(unrecorded(play(fresh, deny)))).toEqual({ kind: 'denied' })
})
