import { assertNever } from '../assert-never.ts'
import { cleanLine } from '../text/clean.ts'
import { ellipsis } from '../text/shorten.ts'

/** How a write ended that a person or a policy had to decide on. Only `approved` lets anything be sent. */
export type ApprovalOutcome =
  | { kind: 'approved' }
  | { kind: 'denied'; reason?: string }
  | { kind: 'expired'; seconds: number }
  | { kind: 'cancelled'; by: 'client' | 'person' }
  | { kind: 'unreachable'; why: string }
  | { kind: 'blocked'; why: string }

export type Refusal = Exclude<ApprovalOutcome, { kind: 'approved' }>

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
      return `Nobody could be asked: ${outcome.why} Nothing was posted.`
    case 'blocked':
      return `${outcome.why} Nothing was posted, nobody was asked. Do not try again; tell the person.`
    default:
      return assertNever(outcome)
  }
}

function quoted(reason: string | undefined): string {
  return reason === undefined ? '' : ` In their words: "${ellipsis(cleanLine(reason), 300)}".`
}
