import type { Answer, Approval } from '../../../shared/approvals/approval.ts'

/** What is remembered with an approval. */
export type Keep = Pick<Answer & { kind: 'approve' }, 'span' | 'reach'>

export const ONCE: Keep = { span: 'once', reach: 'channel' }

/** The request in front of the person. What it asks for stays as it was when it came up. */
export type Shown = {
  approval: Approval
  /** The text as the person has changed it. */
  draft: string | undefined
  keep: Keep
  /** Whether the end of the text that would be posted has been in view. */
  sawEnd: boolean
  /** Whether the broker was told that it is on the screen. */
  reported: boolean
}

export type Step =
  | { kind: 'reading' }
  | { kind: 'editing' }
  | { kind: 'reason'; text: string }
  | { kind: 'sending'; answer: Answer }
  /** It went away under the person's hands. `why` is not there while that is being asked. */
  | { kind: 'gone'; heading: string; why: string | undefined }

export type Notice = { tone: 'done' | 'hint' | 'wrong'; text: string }

export type Link = { kind: 'opening' } | { kind: 'open' } | { kind: 'failed'; why: string }

/** Everything that the window shows. */
export type Desk = {
  link: Link
  /** What waits, the oldest first. */
  queue: readonly Approval[]
  /** How many wait besides: they come into the queue as it is answered. */
  more: number
  shown: Shown | undefined
  step: Step
  notice: Notice | undefined
  /** Changed texts of requests that wait, by id: to look at another one loses nothing. */
  drafts: ReadonlyMap<string, string>
  /** The request that the person asked for and that is not there yet, or cannot be shown yet. */
  wanted: string | undefined
  /** The person's home directory; empty until it is known. */
  home: string
  /** Counts what was put in front of the person. */
  generation: number
}

/** What the edge is to do. */
export type Effect =
  | { kind: 'watch' }
  | { kind: 'report'; id: string }
  | { kind: 'answer'; id: string; answer: Answer }
  | { kind: 'extend'; id: string }
  | { kind: 'ask-decision'; id: string }
  | { kind: 'open-link'; url: string }
  | { kind: 'copy'; text: string }
  | { kind: 'show-more' }
  | { kind: 'hide' }

export type Change = { desk: Desk; effects: readonly Effect[] }

/** What is there before anything is known. */
export const EMPTY_DESK: Desk = {
  link: { kind: 'opening' },
  queue: [],
  more: 0,
  shown: undefined,
  step: { kind: 'reading' },
  notice: undefined,
  drafts: new Map(),
  wanted: undefined,
  home: '',
  generation: 0,
}

/** The text that would be posted. */
export function textOf({ approval, draft }: Shown): string {
  return draft ?? approval.subject.text
}

/** How many wait besides the one that is shown. */
export function othersWaiting({ queue, more, shown }: Desk): number {
  return queue.filter(({ id }) => id !== shown?.approval.id).length + more
}

/** Something new in front of the person: input counts once it is drawn and the grace is over. */
export function anew(desk: Desk): Desk {
  return { ...desk, generation: desk.generation + 1 }
}

/** Puts a request in front of the person: the one that they asked for, else the one that waits longest. */
export function showNext(desk: Desk): Desk {
  const approval = desk.queue.find(({ id }) => id === desk.wanted) ?? desk.queue[0]
  if (approval === undefined) return anew({ ...desk, shown: undefined, step: { kind: 'reading' } })
  const shown: Shown = {
    approval,
    draft: desk.drafts.get(approval.id),
    keep: ONCE,
    sawEnd: false,
    reported: false,
  }
  const wanted = approval.id === desk.wanted ? undefined : desk.wanted
  return anew({ ...desk, shown, wanted, step: { kind: 'reading' } })
}

/** The request is no longer there to be decided on. */
export function gone(desk: Desk, heading: string, why: string | undefined): Desk {
  return anew({ ...desk, step: { kind: 'gone', heading, why }, notice: undefined })
}

export function still(desk: Desk): Change {
  return { desk, effects: [] }
}

export function act(desk: Desk, ...effects: Effect[]): Change {
  return { desk, effects }
}
