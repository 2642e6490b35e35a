import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Approval, approvalSchema } from '../../../shared/approvals/approval.ts'
import {
  BYTES_AT_ONCE,
  bytesOf,
  firstThatFit,
  MOST_AT_ONCE,
  queueWindowSchema,
} from '../../../shared/approvals/queue-window.ts'
import { MAX_FRAME_BYTES } from '../../../shared/protocol/version.ts'
import { makeApproval } from '../../support/terminal/approvals.ts'

/** What takes the most bytes for its length: six for one. */
const worst = (length: number) => '\u0000'.repeat(length)

const LONGEST: Approval = approvalSchema.parse({
  ...makeApproval(),
  id: worst(64),
  asker: {
    client: worst(200),
    version: worst(200),
    workspace: worst(4_096),
    session: worst(64),
    account: worst(200),
  },
  subject: {
    service: worst(400),
    server: worst(500),
    author: worst(400),
    place: worst(400),
    channel: worst(64),
    kind: 'public',
    team: worst(400),
    audience: worst(1_200),
    members: 1e9,
    root: worst(64),
    replyTo: worst(400),
    text: worst(65_536),
    wideMentions: Array.from({ length: 10 }, () => worst(20)),
    notified: { people: 1e9, upTo: true },
  },
})

const frameOf = (approvals: Approval[]) =>
  Buffer.byteLength(JSON.stringify(queueWindowSchema.parse({ approvals, more: 1_000 })))

it('the longest approval that there can be goes into a message, whole', () => {
  expect(bytesOf(LONGEST)).toBeLessThan(BYTES_AT_ONCE)
  expect(frameOf([LONGEST])).toBeLessThan(MAX_FRAME_BYTES)
})

it('whatever the texts are: the oldest come, as they are, and a message is never too long', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc
      .constantFrom('漢', '😀', 'é', worst(1), '\ud800')
      .chain(mark => fc.nat(16_383).map(times => mark.repeat(times))),
  )
  fc.assert(
    fc.property(fc.array(text, { maxLength: 80 }), texts => {
      const waiting = texts.map((each, nth) => makeApproval({ id: `${nth}` }, { text: each }))
      const fit = firstThatFit(waiting.map(approval => ({ approval, bytes: bytesOf(approval) }))).map(
        each => each.approval,
      )
      expect(fit).toEqual(waiting.slice(0, fit.length))
      expect(fit.length).toBeGreaterThanOrEqual(Math.min(1, waiting.length))
      expect(fit.length).toBeLessThanOrEqual(MOST_AT_ONCE)
      expect(frameOf(fit)).toBeLessThan(MAX_FRAME_BYTES)
    }),
    { numRuns: 15 },
  )
})
