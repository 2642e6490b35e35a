import { type Answer, MAX_TEXT } from '../../../shared/approvals/approval.ts'
import { assertNever } from '../../../shared/assert-never.ts'
import { cleanText } from '../../../shared/text/clean.ts'
import {
  act,
  anew,
  type Change,
  type Desk,
  type Keep,
  type Notice,
  type Shown,
  showNext,
  still,
} from './desk.ts'
import { effectiveKeep } from './keep-offer.ts'

/** What the person does. */
export type Wish =
  | { kind: 'approve' }
  | { kind: 'deny' }
  | { kind: 'saw-end'; text: string }
  | { kind: 'keep'; keep: Keep }
  | { kind: 'edit' }
  | { kind: 'type-text'; text: string }
  | { kind: 'finish-edit' }
  | { kind: 'undo-edit' }
  | { kind: 'give-reason' }
  | { kind: 'type-reason'; text: string }
  | { kind: 'no-reason' }
  | { kind: 'extend' }
  | { kind: 'open-link'; url: string }
  | { kind: 'copy'; text: string }
  | { kind: 'next' }
  /** Leaves what they are at; from the request itself, puts the window away. Decides nothing. */
  | { kind: 'later' }
  | { kind: 'try-again' }

/** The model gets a reason quoted; longer ones would be cut there. */
export const MAX_REASON = 300

/** What becomes of the desk when the person does something. Input that came too early never gets here. */
export function onWish(desk: Desk, wish: Wish): Change {
  switch (wish.kind) {
    case 'try-again':
      return act({ ...desk, link: { kind: 'opening' } }, { kind: 'watch' })
    case 'later':
      return later(desk)
    case 'next':
      return still(desk.step.kind === 'gone' ? showNext({ ...desk, notice: undefined }) : desk)
    case 'copy':
      return act(desk, { kind: 'copy', text: wish.text })
    case 'open-link':
      return act(desk, { kind: 'open-link', url: wish.url })
    default:
      return desk.shown === undefined || isClosed(desk) ? still(desk) : onRequest(desk, desk.shown, wish)
  }
}

type RequestWish = Exclude<Wish, { kind: 'try-again' | 'later' | 'next' | 'copy' | 'open-link' }>

/** While an answer is under way, and once there is nothing to decide, nothing is. */
function isClosed({ step }: Desk): boolean {
  return step.kind === 'sending' || step.kind === 'gone'
}

function onRequest(before: Desk, shown: Shown, wish: RequestWish): Change {
  const desk = { ...before, notice: undefined }
  const { id, subject } = shown.approval
  const isEditing = desk.step.kind === 'editing'
  switch (wish.kind) {
    case 'approve':
      return isEditing ? still(before) : approve(desk, shown)
    case 'deny':
      return deny(desk, id)
    case 'saw-end': {
      const isOfThis = wish.text === (shown.draft ?? subject.text) && !isEditing
      return still(isOfThis ? { ...before, shown: { ...shown, sawEnd: true } } : before)
    }
    case 'keep':
      return still({ ...desk, shown: { ...shown, keep: wish.keep } })
    case 'edit':
      return still({ ...desk, step: { kind: 'editing' } })
    case 'type-text':
      return still(isEditing ? withDraft(desk, shown, wish.text) : before)
    case 'finish-edit':
      return still(
        isEditing ? anew({ ...withDraft(desk, shown, shown.draft), step: { kind: 'reading' } }) : before,
      )
    case 'undo-edit':
      return still(anew({ ...withDraft(desk, shown, undefined), step: { kind: 'reading' } }))
    case 'give-reason':
      return still({ ...desk, step: { kind: 'reason', text: '' } })
    case 'type-reason': {
      if (desk.step.kind !== 'reason') return still(before)
      const text = Array.from(wish.text.replace(/\s*\n\s*/g, ' '))
        .slice(0, MAX_REASON)
        .join('')
      return still({ ...desk, step: { kind: 'reason', text } })
    }
    case 'no-reason':
      return still({ ...desk, step: { kind: 'reading' } })
    case 'extend':
      return act(desk, { kind: 'extend', id })
    default:
      return assertNever(wish)
  }
}

/** A text that is as it was is no change; one that is new has to be read to its end. */
function withDraft(desk: Desk, shown: Shown, text: string | undefined): Desk {
  const { id, subject } = shown.approval
  const draft = text === subject.text ? undefined : text
  const drafts = new Map(desk.drafts)
  if (draft === undefined) drafts.delete(id)
  else drafts.set(id, draft)
  const sawEnd = draft === shown.draft && shown.sawEnd
  return { ...desk, drafts, shown: { ...shown, draft, sawEnd } }
}

function approve(desk: Desk, shown: Shown): Change {
  const { draft, sawEnd } = shown
  const why = draft === undefined ? undefined : whyNotPostable(draft)
  if (why !== undefined) return still({ ...desk, notice: { tone: 'wrong', text: why } })
  if (!sawEnd) return act({ ...desk, notice: READ_FIRST }, { kind: 'show-more' })
  const changed = draft === undefined ? {} : { text: draft }
  return send(desk, shown.approval.id, { kind: 'approve', ...changed, ...effectiveKeep(shown) })
}

const READ_FIRST: Notice = { tone: 'hint', text: 'Read to the end first: there is more below.' }

function whyNotPostable(text: string): string | undefined {
  if (cleanText(text).trim() === '') return 'The text is empty. To post nothing, deny.'
  return text.length > MAX_TEXT ? 'The text is too long to be posted. Shorten it.' : undefined
}

function deny(desk: Desk, id: string): Change {
  const reason = desk.step.kind === 'reason' ? desk.step.text.trim() : ''
  return send(desk, id, { kind: 'deny', ...(reason !== '' && { reason }) })
}

function send(desk: Desk, id: string, answer: Answer): Change {
  return act({ ...desk, step: { kind: 'sending', answer } }, { kind: 'answer', id, answer })
}

function later(desk: Desk): Change {
  const { shown, step } = desk
  if (shown !== undefined && step.kind === 'editing') return onRequest(desk, shown, { kind: 'finish-edit' })
  if (shown !== undefined && step.kind === 'reason') return onRequest(desk, shown, { kind: 'no-reason' })
  return act(shown === undefined ? { ...desk, notice: undefined } : desk, { kind: 'hide' })
}
