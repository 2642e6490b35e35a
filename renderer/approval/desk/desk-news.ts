import type { Answered, Approval } from '../../../shared/approvals/approval.ts'
import { assertNever } from '../../../shared/assert-never.ts'
import { clientLabel } from '../../../shared/desktop/labels.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { act, anew, type Change, type Desk, gone, type Notice, type Step, showNext, still } from './desk.ts'
import { GONE_SOMEHOW, goneWords, NO_LONGER_OPEN } from './gone-words.ts'

/** What comes from the app. */
export type News =
  | { kind: 'queue'; approvals: readonly Approval[]; more: number }
  | { kind: 'not-opened'; why: string }
  | { kind: 'home'; path: string }
  /** The person asked for this request elsewhere, at a notification or the tray. */
  | { kind: 'wanted'; id: string }
  /** What this generation put in front of the person is on the screen, whole. */
  | { kind: 'drawn'; generation: number }
  | { kind: 'answered'; id: string; answered: Answered }
  | { kind: 'not-answered'; id: string; why: string }
  /** `how` is not there where the broker cannot say. */
  | { kind: 'decision'; id: string; how: string | undefined }
  | { kind: 'extended'; id: string; until: number | null }
  | { kind: 'said'; notice: Notice }

/** What becomes of the desk when the app tells something. */
export function onNews(desk: Desk, news: News): Change {
  switch (news.kind) {
    case 'queue':
      return onQueue({ ...desk, link: { kind: 'open' }, more: news.more }, news.approvals)
    case 'not-opened':
      return still({ ...desk, link: { kind: 'failed', why: cleanLine(news.why) } })
    case 'home':
      return still({ ...desk, home: news.path })
    case 'wanted':
      return still(onWanted(desk, news.id))
    case 'drawn':
      return onDrawn(desk, news.generation)
    case 'answered':
      return isShown(desk, news.id) ? onAnswered(desk, news.id, news.answered) : still(desk)
    case 'not-answered':
      return isShown(desk, news.id) ? onNotAnswered(desk, news.id, cleanLine(news.why)) : still(desk)
    case 'decision':
      return still(isShown(desk, news.id) ? onDecision(desk, news.how) : desk)
    case 'extended':
      return still(isShown(desk, news.id) ? onExtended(desk, news.until) : desk)
    case 'said':
      return still({ ...desk, notice: news.notice })
    default:
      return assertNever(news)
  }
}

function onQueue(before: Desk, approvals: readonly Approval[]): Change {
  const queue = approvals.toSorted((one, other) => one.askedAt - other.askedAt)
  const ids = new Set(queue.map(({ id }) => id))
  const drafts = new Map([...before.drafts].filter(([id]) => ids.has(id)))
  const desk = { ...before, queue, drafts }
  const { shown, step } = desk
  if (shown === undefined) return still(queue.length === 0 ? desk : showNext({ ...desk, notice: undefined }))
  if (step.kind === 'gone') return still(desk)
  const approval = queue.find(({ id }) => id === shown.approval.id)
  if (approval === undefined) {
    // While our own answer is under way, its end says more.
    return step.kind === 'sending' ? still(desk) : whyGone(desk, shown.approval.id)
  }
  if (
    JSON.stringify([approval.subject, approval.asker]) !==
    JSON.stringify([shown.approval.subject, shown.approval.asker])
  )
    return still(
      gone(desk, NO_LONGER_OPEN, 'It is not what it was when it came up. Nothing was decided here.'),
    )
  return still({ ...desk, shown: { ...shown, approval } })
}

function whyGone(desk: Desk, id: string): Change {
  return act(gone(desk, NO_LONGER_OPEN, undefined), { kind: 'ask-decision', id })
}

/** Looking at another request is the person's own wish; what they typed stays. */
function onWanted(desk: Desk, id: string): Desk {
  if (isShown(desk, id) && desk.step.kind !== 'gone') return { ...desk, wanted: undefined }
  const next = { ...desk, wanted: id }
  const canShow = desk.step.kind !== 'sending' && desk.queue.some(approval => approval.id === id)
  return canShow ? showNext({ ...next, notice: undefined }) : next
}

function onDrawn(desk: Desk, generation: number): Change {
  const { shown, step } = desk
  if (generation !== desk.generation || shown === undefined || shown.reported || step.kind === 'gone')
    return still(desk)
  return act({ ...desk, shown: { ...shown, reported: true } }, { kind: 'report', id: shown.approval.id })
}

function onAnswered(desk: Desk, id: string, answered: Answered): Change {
  const approval = desk.shown?.approval
  const client = clientLabel(approval?.asker.client ?? '')
  switch (answered.kind) {
    case 'done': {
      const queue = desk.queue.filter(each => each.id !== id)
      const posts =
        approval?.attended === false ? `It is posted when ${client} asks again.` : `${client} posts it now.`
      const text = doneWords(desk.step, answered.grant !== undefined, client, posts)
      const notice: Notice = { tone: 'done', text }
      return still(showNext({ ...desk, queue, notice }))
    }
    case 'already-decided': {
      const { heading, why } = goneWords(answered.how, client)
      return still(gone(desk, heading, why))
    }
    case 'unknown':
      return still(gone(desk, NO_LONGER_OPEN, 'The app no longer knows it. Nothing was decided here.'))
    case 'invalid':
      return onNotAnswered(desk, id, `It cannot be posted like this: ${cleanLine(answered.why)}`)
    default:
      return assertNever(answered)
  }
}

/** Said where the next request is already in view, so it must not be taken for that one's. */
function doneWords(step: Step, isKept: boolean, client: string, posts: string): string {
  const answer = step.kind === 'sending' ? step.answer : undefined
  if (answer === undefined || answer.kind === 'deny') return `Denied. ${client} was told; nothing was posted.`
  const edited = answer.text === undefined ? '' : ' as you changed it'
  if (answer.span === 'once') return `Approved once${edited}. ${posts}`
  if (isKept) return `Approved${edited}, and remembered: take it back in the settings under Approvals.`
  return `Approved once${edited}; it could not be remembered.`
}

function onNotAnswered(desk: Desk, id: string, text: string): Change {
  if (desk.step.kind === 'gone') return still(desk)
  if (!desk.queue.some(approval => approval.id === id)) return whyGone(desk, id)
  return still(anew({ ...desk, step: beforeSending(desk.step), notice: { tone: 'wrong', text } }))
}

/** What was typed is not lost with an answer that did not get through. */
function beforeSending(step: Step): Step {
  const reason = step.kind === 'sending' && step.answer.kind === 'deny' ? step.answer.reason : undefined
  return reason === undefined ? { kind: 'reading' } : { kind: 'reason', text: reason }
}

function onDecision(desk: Desk, how: string | undefined): Desk {
  if (desk.step.kind !== 'gone' || desk.step.why !== undefined) return desk
  const client = clientLabel(desk.shown?.approval.asker.client ?? '')
  const words = how === undefined ? { heading: NO_LONGER_OPEN, why: GONE_SOMEHOW } : goneWords(how, client)
  return { ...desk, step: { kind: 'gone', ...words } }
}

function onExtended(desk: Desk, until: number | null): Desk {
  if (desk.shown === undefined || desk.step.kind === 'gone') return desk
  if (until === null) return { ...desk, notice: { tone: 'wrong', text: 'It cannot be extended any more.' } }
  const approval = { ...desk.shown.approval, expiresAt: until }
  return { ...desk, shown: { ...desk.shown, approval }, notice: { tone: 'done', text: 'Extended.' } }
}

function isShown({ shown }: Desk, id: string): boolean {
  return shown?.approval.id === id
}
