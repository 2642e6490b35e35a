import type { Answered, Approval } from '../../../shared/approvals/approval.ts'
import { onceDrawn } from '../../../shared/approvals/grace.ts'
import { assertNever } from '../../../shared/assert-never.ts'
import { clean } from './request-rows.ts'
import type { Effect, Step, WatchEvent, WatchState } from './watch-state.ts'
import { anew, bodyHeight, bodyOf, type Edit, type Mode, sawEnd, showNext } from './watch-state.ts'

/** What becomes of the state when something other than a key happens at `at`, in milliseconds. */
export function onEvent(state: WatchState, event: WatchEvent, at: number): Step {
  switch (event.kind) {
    case 'queue':
      return onQueue(state, event, at)
    case 'link':
      return still(onLink(state, event.link))
    case 'resize':
      return still(onResize(state, event.size))
    case 'drawn':
      return onDrawn(state, event, at)
    case 'answered':
      return still(isShown(state, event.id) ? onAnswered(state, event.answered) : state)
    case 'failed':
      return still(isShown(state, event.id) ? onFailed(state, clean(event.why)) : state)
    case 'extended':
      return still(onExtended(state, event.id, event.until))
    case 'edited':
      return still(isShown(state, event.id) ? onEdited(state, event.edit, at) : state)
    default:
      return assertNever(event)
  }
}

type Queue = Extract<WatchEvent, { kind: 'queue' }>

function onQueue(before: WatchState, { approvals, more }: Queue, at: number): Step {
  const queue = approvals.toSorted((one, other) => one.askedAt - other.askedAt)
  const waiting = queue.length + more
  const effects: Effect[] = isNews(before, queue, more) ? [{ kind: 'ring', waiting }] : []
  const state = { ...before, queue, more }
  const { shown, mode } = state
  if (shown === undefined) {
    const next = mode.kind === 'gone' || queue.length === 0 ? state : showNext(state)
    return { state: next, effects }
  }
  const approval = queue.find(({ id }) => id === shown.approval.id)
  if (approval === undefined) {
    // While our own answer or the editor is under way, its end says more.
    const waits = mode.kind === 'sending' || mode.kind === 'editing'
    return { state: waits ? state : gone(state, whyGone(shown.approval, at)), effects }
  }
  if (JSON.stringify(approval.subject) !== JSON.stringify(shown.approval.subject)) {
    const why = 'This request is not what it was when it was shown.'
    return { state: gone(state, why), effects }
  }
  return { state: { ...state, shown: { ...shown, approval } }, effects }
}

/** Whether something has come. What moves up from behind, as others are answered, was there before. */
function isNews(before: WatchState, queue: readonly Approval[], more: number): boolean {
  if (before.more > 0) return queue.length + more > before.queue.length + before.more
  const known = new Set(before.queue.map(({ id }) => id))
  return queue.some(({ id }) => !known.has(id)) || more > 0
}

function whyGone({ expiresAt }: Approval, at: number): string {
  return at >= expiresAt
    ? 'Its time is over; nothing was posted.'
    : 'It was answered somewhere else, or the client no longer waits for it.'
}

function onLink(before: WatchState, link: 'up' | 'down'): WatchState {
  if (before.link === link) return before
  const state = { ...before, link }
  if (link === 'up') return state
  const { shown, mode } = state
  const alone = { ...state, queue: [], more: 0 }
  if (shown === undefined) return alone
  if (mode.kind === 'sending') {
    return gone(alone, 'The broker is gone. It is not known whether your answer reached it.')
  }
  return mode.kind === 'editing' ? alone : gone(alone, 'The broker is gone. Nothing was decided here.')
}

function onResize(state: WatchState, size: WatchState['size']): WatchState {
  const { shown } = state
  if (shown === undefined) return { ...state, size }
  // Rows are others now. Who has seen all of it has; who has not begins again.
  const seen = sawEnd(state)
  const seenTo = seen ? Number.POSITIVE_INFINITY : 0
  return { ...state, size, shown: { ...shown, seenTo, top: 0 } }
}

type Drawn = Extract<WatchEvent, { kind: 'drawn' }>

function onDrawn(state: WatchState, { generation, top, bottom }: Drawn, at: number): Step {
  if (generation !== state.generation) return still(state)
  const quietUntil = onceDrawn(state.quietUntil, at)
  const { shown } = state
  if (shown === undefined || bottom === 0) return still({ ...state, quietUntil })
  const seenTo = top <= shown.seenTo ? Math.max(shown.seenTo, bottom) : shown.seenTo
  return {
    state: { ...state, quietUntil, shown: { ...shown, seenTo, reported: true } },
    effects: shown.reported ? [] : [{ kind: 'shown', id: shown.approval.id }],
  }
}

function onAnswered(state: WatchState, answered: Answered): WatchState {
  switch (answered.kind) {
    case 'done': {
      const notice = doneNotice(state.mode, answered.grant !== undefined)
      const queue = state.queue.filter(({ id }) => id !== state.shown?.approval.id)
      return showNext({ ...state, queue, notice })
    }
    case 'already-decided':
      return gone(state, `Somebody had decided before: ${clean(answered.how)}.`)
    case 'unknown':
      return gone(state, 'The broker no longer knows it; nothing was decided.')
    case 'invalid':
      return onFailed(state, `It cannot be sent so: ${clean(answered.why)}`)
    default:
      return assertNever(answered)
  }
}

function doneNotice(mode: Mode, remembered: boolean): string {
  if (mode.kind !== 'sending') return ''
  if (mode.answer.kind === 'deny') return 'Denied. Nothing was posted.'
  if (remembered) return 'Approved and remembered (kosmo grants lists and revokes).'
  return mode.answer.span === 'once' ? 'Approved once.' : 'Approved once; it could not be remembered.'
}

function onFailed(state: WatchState, notice: string): WatchState {
  if (state.mode.kind === 'gone') return state
  if (!state.queue.some(({ id }) => id === state.shown?.approval.id)) return gone(state, notice)
  return anew({ ...state, mode: { kind: 'browse' }, notice })
}

function onExtended(state: WatchState, id: string, until: number | null): WatchState {
  const { shown } = state
  if (shown === undefined || shown.approval.id !== id) return state
  if (until === null) return { ...state, notice: 'It cannot be extended any more.' }
  const approval = { ...shown.approval, expiresAt: until }
  return { ...state, shown: { ...shown, approval }, notice: 'Extended.' }
}

function onEdited(state: WatchState, edit: Edit, at: number): WatchState {
  const { shown } = state
  if (shown === undefined || state.mode.kind !== 'editing') return state
  if (!state.queue.some(({ id }) => id === shown.approval.id)) {
    const why = state.link === 'down' ? 'The broker is gone.' : whyGone(shown.approval, at)
    return gone(state, `${why} Your change was not sent.`)
  }
  const open = { ...state, mode: { kind: 'browse' as const } }
  if (edit.kind === 'failed') {
    return anew({ ...open, notice: `Nothing was decided: ${clean(edit.why)}` })
  }
  if (edit.kind === 'unchanged') return anew({ ...open, notice: 'The text is as it was.' })
  const draft = edit.text === shown.approval.subject.text ? undefined : edit.text
  return anew({
    ...open,
    notice:
      draft === undefined ? 'The text is as the client sent it.' : 'This is your text. Read it, then decide.',
    shown: { ...shown, draft, top: 0, seenTo: 0 },
  })
}

function gone(state: WatchState, why: string): WatchState {
  return anew({ ...state, mode: { kind: 'gone', why }, notice: '' })
}

function isShown({ shown }: WatchState, id: string): boolean {
  return shown?.approval.id === id
}

function still(state: WatchState): Step {
  return { state, effects: [] }
}

/** The body rows that a frame of this state holds, from `top` to before `bottom`. */
export function rowsInFrame(state: WatchState): { top: number; bottom: number } {
  const { shown, mode, size } = state
  const height = bodyHeight(size)
  if (shown === undefined || mode.kind === 'gone' || height === 0) return { top: 0, bottom: 0 }
  return { top: shown.top, bottom: Math.min(shown.top + height, bodyOf(state).length) }
}
