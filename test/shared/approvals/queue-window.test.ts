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

it.each(['x', 'é', '漢', '😀', worst(1), '\ud800'])(
  'of many posts full of %j the oldest come, whole, in one message',
  mark => {
    const texts = Array.from({ length: 60 }, (_, nth) => mark.repeat(nth % 4 === 0 ? 3 : 16_000))
    const waiting = texts.map((text, nth) => makeApproval({ id: `${nth}` }, { text }))
    const fit = firstThatFit(waiting.map(approval => ({ approval, bytes: bytesOf(approval) }))).map(
      ({ approval }) => approval,
    )
    expect(fit).toEqual(waiting.slice(0, fit.length))
    expect(fit.length).toBeGreaterThan(0)
    expect(fit.length).toBeLessThanOrEqual(MOST_AT_ONCE)
    expect(frameOf(fit)).toBeLessThan(MAX_FRAME_BYTES)
  },
)
