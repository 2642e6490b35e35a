import * as z from 'zod'
import { assertNever } from '../assert-never.ts'
import { cleanLine } from '../text/clean.ts'
import { ellipsis } from '../text/shorten.ts'

const approved = z.strictObject({
  kind: z.literal('approved'),
  /** What the person changed the text to; absent where they have not. */
  text: z.string().optional(),
})

export const refusalSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('denied'), reason: z.string().optional() }),
  z.strictObject({ kind: z.literal('expired'), seconds: z.number() }),
  z.strictObject({ kind: z.literal('cancelled'), by: z.enum(['client', 'person']) }),
  z.strictObject({ kind: z.literal('unreachable'), why: z.string() }),
  z.strictObject({ kind: z.literal('blocked'), why: z.string() }),
  /** It was permitted, and then could not be let go. */
  z.strictObject({ kind: z.literal('not_released'), why: z.string() }),
  /** Not an end: the same call again goes on waiting. */
  z.strictObject({ kind: z.literal('pending_approval'), id: z.string(), seconds: z.number() }),
])

export const outcomeSchema = z.discriminatedUnion('kind', [approved, ...refusalSchema.options])

/** How a write ended that a person or a policy had to decide on. Only `approved` lets anything be sent. */
export type ApprovalOutcome = z.infer<typeof outcomeSchema>

export type Refusal = z.infer<typeof refusalSchema>

/** What the model is told of a write that did not happen: what ended it, that nothing was sent, what to do. */
export function refusalMessage(outcome: Refusal): string {
  switch (outcome.kind) {
    case 'denied':
      return `The person declined this post; nothing was posted.${quoted(outcome.reason)} Do not send it again unless they ask for it.`
    case 'expired':
      return `Nobody answered within ${outcome.seconds} seconds; nothing was posted. Asking again is fine once the person says so.`
    case 'cancelled':
      return outcome.by === 'person'
        ? 'The form was closed without an answer; nothing was posted. Ask the person before you try again.'
        : 'The call was cancelled before anybody answered; nothing was posted.'
    case 'unreachable':
      return `Nobody could be asked: ${outcome.why} Tell the person, and try again once they say so. Nothing was posted.`
    case 'blocked':
      return `${outcome.why} Nothing was posted, nobody was asked. Do not try again; tell the person.`
    case 'not_released':
      return `${outcome.why} Nothing was posted. Tell the person.`
    case 'pending_approval':
      return `Still waiting for a person (approval ${outcome.id}); nothing was posted yet. Call the same tool again with the same arguments to go on waiting; do not reword it.`
    default:
      return assertNever(outcome)
  }
}

function quoted(reason: string | undefined): string {
  return reason === undefined ? '' : ` In their words: "${ellipsis(cleanLine(reason), 300)}".`
}
