import { assertNever } from '../assert-never.ts'
import { cleanLine } from '../text/clean.ts'
import { ellipsis } from '../text/shorten.ts'
import type { Answer, Approval, Asker } from './approval.ts'
import { fingerprint, type PostContent } from './fingerprint.ts'
import type { ApprovalOutcome } from './outcome.ts'
import type { WriteSubject } from './write-subject.ts'

/** How long a person has for an answer, and what another while is. */
export const LIFETIME_MS = 15 * 60_000
export const EXTENSION_MS = 5 * 60_000
/** How long a decision is there for those who answer or call too late. */
export const REMEMBER_MS = 15 * 60_000

/** The model gets it quoted; longer ones would be cut there. */
const MAX_REASON = 300
/** As many as the schema of an approval takes. */
const MAX_SURFACES = 20

/** Who decided where no surface did. */
export const BY_FORM = "client's form"
export const BY_CLIENT = 'client'
export const BY_TIME = 'time'

/** How an approval can end. A policy that blocks never makes one, and a wait that ends is not its end. */
export type FinalOutcome = Exclude<
  ApprovalOutcome,
  { kind: 'pending_approval' } | { kind: 'blocked' } | { kind: 'not_released' }
>

export type Decided = {
  kind: 'decided'
  outcome: FinalOutcome
  /** A surface, or one of the three above. */
  by: string
  at: number
  /** One call has got this decision; no other will. */
  told: boolean
  /** What was approved was let go, once. */
  used: boolean
}

/** One approval, with what surfaces do not see. */
export type ApprovalRecord = Readonly<
  Omit<Approval, 'attended'> & {
    content: PostContent
    fingerprint: string
    /** Calls that wait for it now. */
    waiters: number
    state: { kind: 'pending' } | Decided
  }
>

export type ApprovalEvent =
  | { kind: 'attached' }
  /** The wait of a call ended, its client is still there. */
  | { kind: 'detached' }
  | { kind: 'shown'; surface: string }
  | { kind: 'answered'; answer: Answer; by: string }
  | { kind: 'formAnswered'; outcome: FinalOutcome }
  | { kind: 'extended' }
  | { kind: 'timedOut' }
  | { kind: 'notShown'; why: string }
  /** The client cancelled or left. */
  | { kind: 'withdrawn' }
  /** A call gets the decision. */
  | { kind: 'told' }
  | { kind: 'released' }

/** `took` is false where the event came too late or does not fit; the record then says how things are. */
export type Step = { record: ApprovalRecord; took: boolean }

/** What a person approves by looking at a subject: nothing that they are not shown is taken from elsewhere. */
export function contentOf({ account }: Asker, { server, channel, root, text }: WriteSubject): PostContent {
  return { account, server, channel, root, text }
}

/** A new approval, for one call that waits. */
export function asked(
  request: Pick<Approval, 'id' | 'asker' | 'function' | 'subject'>,
  now: number,
): ApprovalRecord {
  const { id, asker, subject } = request
  const content = contentOf(asker, subject)
  return {
    id,
    asker,
    function: request.function,
    subject,
    askedAt: now,
    expiresAt: now + LIFETIME_MS,
    shownOn: [],
    content,
    fingerprint: fingerprint(content),
    waiters: 1,
    state: { kind: 'pending' },
  }
}

/** What an event makes of an approval. Time decides first: at its end an approval takes nothing any more. */
export function transition(before: ApprovalRecord, event: ApprovalEvent, now: number): Step {
  const record = expire(before, now)
  const after =
    record.state.kind === 'pending'
      ? whilePending(record, event, now)
      : onceDecided(record, record.state, event)
  return after === undefined
    ? { record, took: record !== before && event.kind === 'timedOut' }
    : { record: after, took: true }
}

function expire(record: ApprovalRecord, now: number): ApprovalRecord {
  if (record.state.kind !== 'pending' || now < record.expiresAt) return record
  return decide(
    record,
    { kind: 'expired', seconds: Math.round((now - record.askedAt) / 1_000) },
    BY_TIME,
    now,
  )
}

function whilePending(record: ApprovalRecord, event: ApprovalEvent, now: number): ApprovalRecord | undefined {
  switch (event.kind) {
    case 'attached':
      return record.waiters === 0 ? { ...record, waiters: 1 } : undefined
    case 'detached':
      return record.waiters > 0 ? { ...record, waiters: record.waiters - 1 } : undefined
    case 'shown':
      return shown(record, event.surface)
    case 'answered':
      return decide(record, outcomeOf(event.answer, record.content.text), event.by, now)
    case 'formAnswered':
      // A form shows one text and takes no other.
      return decide(
        record,
        event.outcome.kind === 'approved' ? { kind: 'approved' } : event.outcome,
        BY_FORM,
        now,
      )
    case 'extended':
      return { ...record, expiresAt: Math.max(record.expiresAt, now + EXTENSION_MS) }
    case 'notShown':
      if (record.shownOn.length > 0 || record.waiters === 0) return undefined
      return decide(record, { kind: 'unreachable', why: event.why }, BY_TIME, now)
    case 'withdrawn':
      return decide(record, { kind: 'cancelled', by: 'client' }, BY_CLIENT, now)
    case 'timedOut':
    case 'told':
    case 'released':
      return undefined
    default:
      return assertNever(event)
  }
}

/** Final is final: nothing changes how it was decided, only whether it was told and used. */
function onceDecided(
  record: ApprovalRecord,
  state: Decided,
  event: ApprovalEvent,
): ApprovalRecord | undefined {
  if (event.kind === 'told') {
    return state.told ? undefined : { ...record, waiters: 0, state: { ...state, told: true } }
  }
  if (event.kind === 'released') {
    const isFree = state.outcome.kind === 'approved' && state.told && !state.used
    return isFree ? { ...record, state: { ...state, used: true } } : undefined
  }
  return undefined
}

function decide(record: ApprovalRecord, outcome: FinalOutcome, by: string, at: number): ApprovalRecord {
  return { ...record, state: { kind: 'decided', outcome, by, at, told: false, used: false } }
}

function shown(record: ApprovalRecord, surface: string): ApprovalRecord | undefined {
  const { shownOn } = record
  if (shownOn.includes(surface) || shownOn.length >= MAX_SURFACES) return undefined
  return { ...record, shownOn: [...shownOn, surface] }
}

function outcomeOf(answer: Answer, asked: string): FinalOutcome {
  if (answer.kind === 'approve')
    return { kind: 'approved', ...(isEdit(answer, asked) && { text: answer.text }) }
  const reason = ellipsis(cleanLine(answer.reason ?? ''), MAX_REASON)
  return { kind: 'denied', ...(reason !== '' && { reason }) }
}

/** Whether an answer changes the text; the same text sent back is no change. */
export function isEdit(answer: Answer, asked: string): answer is Answer & { kind: 'approve'; text: string } {
  return answer.kind === 'approve' && answer.text !== undefined && answer.text !== asked
}

/**
 * What a call gets that asks the same again: the wait for the answer, the answer that a person gave meanwhile, or
 * nothing, because it is another call's or there is none; then it is a new question.
 */
export function offerOf({ state, waiters }: ApprovalRecord, now: number): 'wait' | 'answer' | 'nothing' {
  if (waiters > 0) return 'nothing'
  if (state.kind === 'pending') return 'wait'
  const isAnswer = state.outcome.kind === 'approved' || state.outcome.kind === 'denied'
  return isAnswer && !state.told && now - state.at < REMEMBER_MS ? 'answer' : 'nothing'
}

/** An approval that could not be recorded: nobody was told of it yet, and nothing may be sent by it. */
export function unrecorded(record: ApprovalRecord): ApprovalRecord {
  if (record.state.kind !== 'decided' || record.state.outcome.kind !== 'approved') return record
  const why = 'the decision could not be written to the audit.'
  return { ...record, state: { ...record.state, outcome: { kind: 'unreachable', why } } }
}

/** An approval as surfaces see it. */
export function approvalOf(record: ApprovalRecord): Approval {
  const { id, asker, subject, askedAt, expiresAt, waiters } = record
  const shownOn = [...record.shownOn]
  return { id, asker, function: record.function, subject, askedAt, expiresAt, attended: waiters > 0, shownOn }
}

/** How an approval was decided, for somebody who answers too late. */
export function howDecided({ outcome, by }: Decided): string {
  switch (outcome.kind) {
    case 'approved':
    case 'denied':
      return `${outcome.kind} by ${by}`
    case 'cancelled':
      return outcome.by === 'client'
        ? 'cancelled, the client gave up or left'
        : `closed without an answer in ${by}`
    case 'expired':
      return 'expired, nobody answered in time'
    case 'unreachable':
      return 'given up, nobody could be asked'
    default:
      return assertNever(outcome)
  }
}
