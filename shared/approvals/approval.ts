import * as z from 'zod'
import { writeSubjectSchema } from './write-subject.ts'

/** The longest text that a person may change a post to; the server's own limit is checked besides. */
export const MAX_TEXT = 65_536

/** How long an approval is remembered: not at all, or as a grant. */
export const SPANS = ['once', 'session', '1h', '8h', 'always'] as const

/** What a grant is for: the channel that was shown, or all channels of the account. */
export const REACHES = ['channel', 'all'] as const

/** Who asks: the client's name for itself, where it works, and its session with the broker. */
export const askerSchema = z.strictObject({
  client: z.string().max(200),
  version: z.string().max(200),
  workspace: z.string().max(4_096),
  session: z.string().max(64),
  /** Alias of the account. */
  account: z.string().max(200),
})

export type Asker = z.infer<typeof askerSchema>

/** A write that waits for a person, as every surface sees it. */
export const approvalSchema = z.strictObject({
  id: z.string().max(64),
  asker: askerSchema,
  function: z.string().max(200),
  subject: writeSubjectSchema,
  /** Milliseconds since 1970. */
  askedAt: z.number(),
  expiresAt: z.number(),
  /** Whether a call waits for it at this moment; if not, an approval counts when the client calls again. */
  attended: z.boolean(),
  /** Surfaces that have shown it, e.g. `terminal`. */
  shownOn: z.array(z.string().max(40)).max(20),
})

export type Approval = z.infer<typeof approvalSchema>

/** What a person says. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('approve'),
    /** The text as the person has changed it; absent where they have not. */
    text: z.string().max(MAX_TEXT).optional(),
    span: z.enum(SPANS),
    reach: z.enum(REACHES),
  }),
  z.strictObject({ kind: z.literal('deny'), reason: z.string().max(2_000).optional() }),
])

export type Answer = z.infer<typeof answerSchema>

/** What comes of an answer. Only the first one counts. */
export const answeredSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('done'), grant: z.string().optional() }),
  z.strictObject({ kind: z.literal('already-decided'), how: z.string() }),
  z.strictObject({ kind: z.literal('unknown') }),
  /** The changed text cannot be sent; the approval is still open. */
  z.strictObject({ kind: z.literal('invalid'), why: z.string() }),
])

export type Answered = z.infer<typeof answeredSchema>
