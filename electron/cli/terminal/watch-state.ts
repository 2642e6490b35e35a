import type { Answer, Answered, Approval, SPANS } from '../../../shared/approvals/approval.ts'
import { NOT_DRAWN, type QuietUntil } from '../../../shared/approvals/grace.ts'
import { requestRows } from './request-rows.ts'
import type { Row } from './rows.ts'

export type Size = { columns: number; rows: number }

/** How long an approval can be remembered. */
export type Span = Exclude<(typeof SPANS)[number], 'once'>

/** The request on the screen. */
export type Shown = {
  approval: Approval
  /** The text as the person has changed it. */
  draft: string | undefined
  /** The first row of the body on the screen. */
  top: number
  /** How many rows from the first one have been on the screen without a gap. */
  seenTo: number
  /** Whether the broker was told that it is shown. */
  reported: boolean
}

export type Mode =
  | { kind: 'browse' }
  /** For how long to remember, then where. */
  | { kind: 'span' }
  | { kind: 'reach'; span: Span }
  | { kind: 'reason'; text: string }
  | { kind: 'editing' }
  | { kind: 'sending'; answer: Answer }
  /** The request went away under the person's hands: one key only to have read that. */
  | { kind: 'gone'; why: string }

export type WatchState = {
  size: Size
  link: 'up' | 'down'
  /** What waits, the oldest first. */
  queue: Approval[]
  /** How many wait besides: they come into the queue as it is answered. */
  more: number
  shown: Shown | undefined
  mode: Mode
  notice: string
  /** Keys before this time are absorbed. */
  quietUntil: QuietUntil
  /** Counts what was put in front of the person, so that a drawn frame is known to be of it. */
  generation: number
}

export type WatchEvent =
  | { kind: 'queue'; approvals: Approval[]; more: number }
  | { kind: 'link'; link: 'up' | 'down' }
  | { kind: 'resize'; size: Size }
  /** A frame of this generation is on the screen; its body rows from `top` to before `bottom`. */
  | { kind: 'drawn'; generation: number; top: number; bottom: number }
  | { kind: 'answered'; id: string; answered: Answered }
  | { kind: 'failed'; id: string; why: string }
  | { kind: 'extended'; id: string; until: number | null }
  | { kind: 'edited'; id: string; edit: Edit }

/** How an editor ended. */
export type Edit = { kind: 'changed'; text: string } | { kind: 'unchanged' } | { kind: 'failed'; why: string }

/** What the edge is to do. */
export type Effect =
  | { kind: 'answer'; id: string; answer: Answer }
  | { kind: 'extend'; id: string }
  | { kind: 'edit'; id: string; text: string }
  | { kind: 'shown'; id: string }
  | { kind: 'ring'; waiting: number }
  | { kind: 'quit'; interrupted: boolean }

export type Step = { state: WatchState; effects: Effect[] }

/** What is there before anything is known. */
export function initialState(size: Size): WatchState {
  return {
    size,
    link: 'up',
    queue: [],
    more: 0,
    shown: undefined,
    mode: { kind: 'browse' },
    notice: '',
    quietUntil: NOT_DRAWN,
    generation: 0,
  }
}

const BARS = 5

/** Rows that the screen has for a request; 0 where it is too small to decide on anything. */
export function bodyHeight({ columns, rows }: Size): number {
  return columns < 56 || rows < BARS + 5 ? 0 : rows - BARS
}

/** The request on the screen as rows; the last column stays empty, since some terminals fold there. */
export function bodyOf({ shown, size }: WatchState): Row[] {
  return shown === undefined ? [] : requestRows(shown.approval, shown.draft, size.columns - 1)
}

/** Whether the whole request has been on the screen: before that nobody can approve it. */
export function sawEnd(state: WatchState): boolean {
  return state.shown !== undefined && state.shown.seenTo >= bodyOf(state).length
}

/** Something new in front of the person: keys count once it is drawn and the grace is over. */
export function anew(state: WatchState): WatchState {
  return { ...state, quietUntil: NOT_DRAWN, generation: state.generation + 1 }
}

/** Puts the oldest request that waits on the screen. */
export function showNext(state: WatchState): WatchState {
  const [approval] = state.queue
  const shown = approval && { approval, draft: undefined, top: 0, seenTo: 0, reported: false }
  return anew({ ...state, shown, mode: { kind: 'browse' } })
}
