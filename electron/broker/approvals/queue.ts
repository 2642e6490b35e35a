import { fingerprint } from '../../../shared/approvals/fingerprint.ts'
import { bytesOf } from '../../../shared/approvals/queue-window.ts'
import {
  type ApprovalEvent,
  approvalOf,
  asked,
  BY_TIME,
  offerOf,
  REMEMBER_MS,
  transition,
  unrecorded,
} from '../../../shared/approvals/transition.ts'
import type { ApprovalsOptions, AskRequest, Decision, Entry, Session } from './entry.ts'
import type { Permits } from './permits.ts'

export const MAX_PENDING_PER_SESSION = 50
export const MAX_PENDING = 1_000
export const MAX_REMEMBERED = 1_000

/** All approvals, each from its question until it is forgotten: every end is seen, recorded and told once. */
export class ApprovalQueue {
  readonly #options: ApprovalsOptions
  readonly #permits: Permits
  /** Both in the order in which they came. */
  readonly #pending = new Map<string, Entry>()
  readonly #decided = new Map<string, Entry>()
  /** Those of the pending ones that a surface has shown: each that was not looks here every few seconds. */
  readonly #shown = new Set<Entry>()
  /** How many were ever asked. */
  #asked = 0

  constructor(options: ApprovalsOptions, permits: Permits) {
    this.#options = options
    this.#permits = permits
  }

  /** An approval that waits, or is still remembered. */
  find(id: string): Entry | undefined {
    return this.#pending.get(id) ?? this.#decided.get(id)
  }

  /** What waits for a person, oldest first. */
  waiting(): Entry[] {
    return [...this.pending()]
  }

  /** The same, one after another as they are asked for. */
  *pending(): Iterable<Entry> {
    for (const entry of this.#pending.values()) if (this.isPending(entry)) yield entry
  }

  /** How many wait. */
  get count(): number {
    return this.#pending.size
  }

  /** Ids of what waits, oldest first. */
  ids(): string[] {
    return [...this.#pending.keys()]
  }

  /** A new approval; undefined where too many wait already. */
  begin(session: Session, request: AskRequest): Entry | undefined {
    if (this.#pending.size >= MAX_PENDING || pendingOf(session) >= MAX_PENDING_PER_SESSION) return undefined
    const record = asked({ ...request, id: this.#options.newId() }, this.#options.clock.now())
    const entry: Entry = {
      record,
      session,
      nth: this.#asked++,
      bytes: bytesOf(approvalOf(record)),
      lastAsk: request.ask,
      call: undefined,
      cancelTimer: () => {},
    }
    this.#pending.set(record.id, entry)
    session.open.add(entry)
    this.#expireInTime(entry)
    return entry
  }

  #expireInTime(entry: Entry): void {
    const left = entry.record.expiresAt - this.#options.clock.now()
    // Set anew where it comes too early: the end may have been put off meanwhile.
    entry.cancelTimer = this.#options.clock.setTimer(left, () => {
      if (this.isPending(entry)) this.#expireInTime(entry)
    })
  }

  /** Whether it still waits for a person at this moment. */
  isPending(entry: Entry): boolean {
    this.apply(entry, { kind: 'timedOut' })
    return isStillPending(entry)
  }

  /** Whether a surface shows something else at this moment. */
  isAnotherShown(entry: Entry): boolean {
    for (const other of this.#shown) if (other !== entry && this.isPending(other)) return true
    return false
  }

  /** The only way in which an approval changes: so that its end is seen once, whatever brought it. */
  apply(entry: Entry, event: ApprovalEvent): boolean {
    const wasPending = isStillPending(entry)
    const { record, took } = transition(entry.record, event, this.#options.clock.now())
    entry.record = record
    if (event.kind === 'shown' && took) this.#shown.add(entry)
    if (wasPending && !isStillPending(entry)) this.#settle(entry, event)
    return took
  }

  #settle(entry: Entry, event: ApprovalEvent): void {
    const { id } = entry.record
    entry.cancelTimer()
    this.#pending.delete(id)
    this.#shown.delete(entry)
    this.#decided.set(id, entry)
    entry.cancelTimer = this.#options.clock.setTimer(REMEMBER_MS, () => this.#forget(entry))
    const [oldest] = this.#decided.values()
    if (oldest !== undefined && this.#decided.size > MAX_REMEMBERED) this.#forget(oldest)
    this.#record(entry, event)
    const { call, session } = entry
    if (call?.phase === 'waiting') call.resolve(this.tell(entry, call.ask))
    else if (call !== undefined && event.kind !== 'formAnswered' && event.kind !== 'withdrawn') {
      this.#options.withdrawForm(session.id, call.ask)
    }
    if (offerOf(entry.record, this.#options.clock.now()) === 'nothing') session.open.delete(entry)
    this.#options.onChange()
  }

  #record(entry: Entry, event: ApprovalEvent): void {
    const { state, content, askedAt } = entry.record
    if (state.kind !== 'decided') return
    const { outcome, by, at } = state
    const answer = event.kind === 'answered' && by !== BY_TIME ? { answer: event.answer } : {}
    try {
      const approval = approvalOf(entry.record)
      const grant = this.#options.onDecided({ approval, content, outcome, by, ms: at - askedAt, ...answer })
      if (grant !== undefined) entry.grant = grant
    } catch {
      entry.record = unrecorded(entry.record)
    }
  }

  /** One call gets the decision, and where it is an approval the permit. */
  tell(entry: Entry, ask: string): Decision {
    this.apply(entry, { kind: 'told' })
    this.hangUp(entry)
    entry.session.open.delete(entry)
    const { record, session } = entry
    const { id, state } = record
    if (state.kind === 'pending') throw new Error('told before it was decided')
    const { outcome, by } = state
    if (outcome.kind !== 'approved') return { kind: 'refused', id, outcome, by }
    const print = fingerprint({ ...record.content, text: outcome.text ?? record.content.text })
    const permit = this.#options.newId()
    const use = () => this.apply(entry, { kind: 'released' })
    const of = { session: session.id, function: record.function, ask, approval: id }
    this.#permits.hold(permit, { ...of, fingerprint: print, by, use })
    return { kind: 'permitted', id, permit, by, ...(outcome.text !== undefined && { text: outcome.text }) }
  }

  /** A call waits no more. */
  hangUp(entry: Entry): void {
    if (entry.call === undefined) return
    entry.call.cancelWait()
    entry.call.cancelShow()
    entry.session.calls.delete(entry.call.ask)
    entry.call = undefined
  }

  #forget(entry: Entry): void {
    entry.cancelTimer()
    this.#decided.delete(entry.record.id)
    entry.session.open.delete(entry)
    this.hangUp(entry)
  }
}

/** How much of a session waits for a person. */
export function pendingOf({ open }: Session): number {
  return [...open].filter(isStillPending).length
}

function isStillPending({ record }: Entry): boolean {
  return record.state.kind === 'pending'
}
