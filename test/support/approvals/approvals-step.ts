import fc from 'fast-check'
import type { FinalOutcome } from '../../../shared/approvals/transition.ts'

/** What a client's form can say. */
export const FORM_SAYS: Record<
  'approved' | 'denied' | 'cancelled' | 'unreachable' | 'expired',
  FinalOutcome
> = {
  approved: { kind: 'approved' },
  denied: { kind: 'denied' },
  cancelled: { kind: 'cancelled', by: 'person' },
  unreachable: { kind: 'unreachable', why: 'quick.' },
  expired: { kind: 'expired', seconds: 50 },
}

const pick = fc.nat(5)
const session = fc.nat(1)
const surface = fc.constantFrom('terminal', 'approval-window')

/** One thing that happens around the approvals. `pick` counts back from the newest there is. */
export const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('ask'),
      session,
      text: fc.constantFrom('hello', 'other'),
      waitMs: fc.constantFrom(2_000, 50_000, 50_000, 2_000_000),
      canShowForm: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('show'), pick, surface }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('answer'),
      pick,
      surface,
      say: fc.constantFrom('approve', 'same', 'edit', 'deny'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('endEdit'),
      pick,
      check: fc.constantFrom('sendable', 'sendable', 'invalid', 'error'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('form'),
      pick,
      say: fc.constantFrom('approved', 'approved', 'denied', 'cancelled', 'unreachable', 'expired'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('release'),
      pick,
      what: fc.constantFrom('right', 'right', 'right', 'text', 'place', 'session'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('advance'),
      ms: fc.constantFrom(1_000, 5_000, 5_000, 50_000, 61_000, 900_000),
      asleep: fc.constantFrom(false, false, false, true),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw'), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('extend'), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('watch'), surface, opens: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave'), session }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
)

export type Step = typeof step extends fc.Arbitrary<infer One> ? One : never
