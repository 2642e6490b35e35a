import type { Answer, Answered, Approval } from '../../../shared/approvals/approval.ts'
import { fingerprint, type PostContent } from '../../../shared/approvals/fingerprint.ts'
import type { Refusal } from '../../../shared/approvals/outcome.ts'
import {
  approvalOf,
  BY_CLIENT,
  BY_TIME,
  contentOf,
  type FinalOutcome,
  howDecided,
  isEdit,
  offerOf,
} from '../../../shared/approvals/transition.ts'
import { NOT_SHOWN } from '../../../shared/approvals/unreachable.ts'
import type {
  ApprovalsOptions,
  Asked,
  AskRequest,
  Call,
  Decision,
  EditCheck,
  Entry,
  Session,
} from './entry.ts'
import { Listing } from './listing.ts'
import { Permits } from './permits.ts'
import { ApprovalQueue, MAX_PENDING, MAX_PENDING_PER_SESSION, pendingOf } from './queue.ts'

/** Within this a surface says that the question is on the screen, or somebody else is tried. */
export const SHOW_WITHIN_MS = 5_000

const UNRECORDED =
  'The post could not be written to the audit, and what is not on record is not sent (is the disk full? `kosmo status` tells).'
const CANCELLED: Decision = { kind: 'refused', outcome: { kind: 'cancelled', by: 'client' }, by: BY_CLIENT }
const nothing = () => {}

/** Everything that waits for a person, and what became of it. Who may do what is checked before one gets here. */
export class Approvals {
  /** What waits, as surfaces are told of it. */
  readonly listing: Listing
  readonly #options: ApprovalsOptions
  readonly #permits: Permits
  readonly #queue: ApprovalQueue
  readonly #sessions = new Map<string, Session>()
  /** Surfaces that show requests as they come, by how many there are of each. */
  readonly #watching = new Map<string, number>()

  constructor(options: ApprovalsOptions) {
    this.#options = options
    this.#permits = new Permits(options.clock)
    this.#queue = new ApprovalQueue(options, this.#permits)
    this.listing = new Listing(this.#queue)
  }

  /** Begins a client's session; before it, and after `endSession`, nothing is asked or sent for that client. */
  beginSession(id: string): void {
    this.#sessions.set(id, { id, calls: new Map(), open: new Set() })
  }

  /** The client has left: before this returns, nothing of its session can be approved or sent any more. */
  endSession(id: string): void {
    const session = this.#sessions.get(id)
    this.#sessions.delete(id)
    this.#permits.drop(id)
    for (const entry of session?.open ?? []) this.#queue.apply(entry, { kind: 'withdrawn' })
  }

  /** Asks a person and waits; or goes on waiting where the same was asked before and its call has ended. */
  ask(request: AskRequest): Promise<Asked> {
    const session = this.#sessions.get(request.asker.session)
    if (session === undefined) return Promise.resolve(CANCELLED)
    if (session.calls.has(request.ask)) return Promise.resolve(unreachable('this question is asked already.'))
    const earlier = this.#earlier(session, request)
    if (earlier?.record.state.kind === 'decided')
      return Promise.resolve(this.#queue.tell(earlier, request.ask))
    // It may have expired since the last line.
    if (earlier !== undefined && !this.#queue.apply(earlier, { kind: 'attached' })) return this.ask(request)
    const entry = earlier ?? this.#queue.begin(session, request)
    if (entry === undefined) return Promise.resolve(unreachable(tooMany(pendingOf(session))))
    return new Promise(resolve => this.#wait(entry, request, resolve))
  }

  /** What the client's form said. Whoever answered before it has decided. */
  answerForm(session: string, ask: string, outcome: FinalOutcome): Decision {
    const entry = this.#sessions.get(session)?.calls.get(ask)
    if (entry?.call?.phase !== 'form') return CANCELLED
    this.#queue.apply(entry, { kind: 'formAnswered', outcome })
    return this.#queue.tell(entry, ask)
  }

  /** The client has cancelled the call: nothing is sent for it, not even what was approved a moment ago. */
  withdraw(session: string, ask: string): void {
    this.#permits.drop(session, ask)
    const entry = this.#sessions.get(session)?.calls.get(ask)
    if (entry === undefined) return
    this.#queue.apply(entry, { kind: 'withdrawn' })
    entry.call?.resolve(CANCELLED)
    this.#queue.hangUp(entry)
  }

  /** A surface shows requests as they come. */
  surfaceOpened(surface: string): void {
    this.#watching.set(surface, (this.#watching.get(surface) ?? 0) + 1)
  }

  /** A surface is gone. What it has shown stays open: another one may show it. */
  surfaceClosed(surface: string): void {
    const left = (this.#watching.get(surface) ?? 0) - 1
    if (left > 0) this.#watching.set(surface, left)
    else this.#watching.delete(surface)
  }

  /** Surfaces that show requests at this moment. */
  watching(): string[] {
    return [...this.#watching.keys()]
  }

  /** These were on a surface's screen, whole. */
  shown(ids: readonly string[], surface: string): void {
    let changed = false
    for (const entry of ids.flatMap(id => this.#queue.find(id) ?? [])) {
      if (!this.#queue.apply(entry, { kind: 'shown', surface })) continue
      changed = true
      entry.call?.cancelShow()
    }
    if (changed) this.#options.onChange()
  }

  /** A person's answer. The first one counts; a changed text that cannot be sent leaves everything open. */
  async answer(id: string, answer: Answer, by: string): Promise<Answered> {
    const entry = this.#queue.find(id)
    if (entry === undefined) return { kind: 'unknown' }
    if (isEdit(answer, entry.record.content.text) && this.#queue.isPending(entry)) {
      const checked = await this.#checkEdit(entry, answer.text)
      // Somebody else may have answered meanwhile.
      if (checked.kind === 'invalid' && this.#queue.isPending(entry)) return checked
    }
    const took = this.#queue.apply(entry, { kind: 'answered', answer, by })
    const { state } = entry.record
    if (state.kind === 'pending') throw new Error('an answer was not taken')
    // An approval that could not be recorded is none.
    const counts = took && state.outcome.kind !== 'unreachable'
    if (!counts) return { kind: 'already-decided', how: howDecided(state) }
    return { kind: 'done', ...(entry.grant !== undefined && { grant: entry.grant }) }
  }

  /** How a request stands; unknown where there was none, or it is forgotten. */
  decision(id: string): { kind: 'pending' | 'unknown' } | { kind: 'decided'; how: string } {
    const entry = this.#queue.find(id)
    if (entry === undefined) return { kind: 'unknown' }
    if (this.#queue.isPending(entry)) return { kind: 'pending' }
    const { state } = entry.record
    return state.kind === 'pending' ? { kind: 'pending' } : { kind: 'decided', how: howDecided(state) }
  }

  /** Gives a pending request another while; the time that it ends at, null where it does not wait. */
  extend(id: string): number | null {
    const entry = this.#queue.find(id)
    if (entry === undefined || !this.#queue.apply(entry, { kind: 'extended' })) return null
    this.#options.onChange()
    return entry.record.expiresAt
  }

  /** What waits for a person, oldest first. */
  list(): Approval[] {
    return this.#queue.waiting().map(({ record }) => approvalOf(record))
  }

  /** How much of a session waits. */
  pendingOf(session: string): number {
    const open = this.#sessions.get(session)
    return open === undefined ? 0 : pendingOf(open)
  }

  /** Lets a session send one thing that nobody had to be asked about: a policy or a grant has permitted it. */
  permit(session: string, name: string, content: PostContent, by: string): string {
    const id = this.#options.newId()
    const print = fingerprint(content)
    const once = { session, function: name, fingerprint: print, by, use: () => true }
    if (this.#sessions.has(session)) this.#permits.hold(id, once)
    return id
  }

  /** The function that a permit of this session is for; undefined where there is none such. */
  functionOf(permit: string, session: string): string | undefined {
    return this.#permits.functionOf(permit, session)
  }

  /** The last look before sending, undefined = send it now. The policy's ceiling is the caller's to check. */
  release(permit: string, session: string, content: PostContent): Refusal | undefined {
    if (!this.#sessions.has(session)) return { kind: 'cancelled', by: 'client' }
    const released = this.#permits.release(permit, session, fingerprint(content))
    if (released.kind === 'refused') return released.outcome
    const { by, approval, function: name } = released.permit
    const from = approval === undefined ? {} : { approval }
    try {
      this.#options.onReleased({ permit, session, function: name, by, content, ...from })
      return undefined
    } catch {
      return { kind: 'not_released', why: UNRECORDED }
    }
  }

  /** What this session asked before with the same words; an answer rather than another wait. */
  #earlier(session: Session, request: AskRequest): Entry | undefined {
    const print = fingerprint(contentOf(request.asker, request.subject))
    const same = [...session.open].filter(
      ({ record }) => record.fingerprint === print && record.function === request.function,
    )
    for (const entry of same) this.#queue.isPending(entry)
    const now = this.#options.clock.now()
    const answered = same.find(({ record }) => offerOf(record, now) === 'answer')
    return answered ?? same.find(({ record }) => offerOf(record, now) === 'wait')
  }

  #wait(entry: Entry, { ask, canShowForm, waitMs }: AskRequest, resolve: (asked: Asked) => void): void {
    const { clock } = this.#options
    const call: Call = {
      ask,
      canShowForm,
      phase: 'waiting',
      resolve,
      cancelWait: nothing,
      cancelShow: nothing,
    }
    entry.call = call
    entry.lastAsk = ask
    entry.session.calls.set(ask, entry)
    if (canShowForm && this.#watching.size === 0) {
      showForm(entry, call)
    } else {
      call.cancelWait = clock.setTimer(waitMs, () => this.#endWait(entry, call))
      const isShown = entry.record.shownOn.length > 0
      if (!isShown) call.cancelShow = clock.setTimer(SHOW_WITHIN_MS, () => this.#notShown(entry, call))
    }
    this.#options.onChange()
  }

  #endWait(entry: Entry, call: Call): void {
    if (!this.#queue.apply(entry, { kind: 'detached' })) return
    this.#queue.hangUp(entry)
    const { id, expiresAt } = entry.record
    const seconds = Math.ceil((expiresAt - this.#options.clock.now()) / 1_000)
    call.resolve({ kind: 'refused', id, outcome: { kind: 'pending_approval', id, seconds }, by: BY_TIME })
    this.#options.onChange()
  }

  #notShown(entry: Entry, call: Call): void {
    if (!this.#queue.isPending(entry)) return
    // Surfaces show one request at a time: who looks at another one will come to this one.
    if (this.#watching.size > 0 && this.#queue.isAnotherShown(entry)) {
      call.cancelShow = this.#options.clock.setTimer(SHOW_WITHIN_MS, () => this.#notShown(entry, call))
    } else if (call.canShowForm) showForm(entry, call)
    else this.#queue.apply(entry, { kind: 'notShown', why: NOT_SHOWN })
  }

  async #checkEdit({ session, lastAsk }: Entry, text: string): Promise<EditCheck> {
    try {
      return await this.#options.checkEdit(session.id, lastAsk, text)
    } catch {
      return {
        kind: 'invalid',
        why: 'The changed text could not be checked; try again, or approve it unchanged.',
      }
    }
  }
}

function showForm(entry: Entry, call: Call): void {
  call.cancelWait()
  call.cancelShow()
  call.phase = 'form'
  call.resolve({ kind: 'form', id: entry.record.id })
}

/** Says whose limit it is: one can be waited for, the other is for the person to see to. */
function tooMany(ofThisClient: number): string {
  return ofThisClient >= MAX_PENDING_PER_SESSION
    ? `${MAX_PENDING_PER_SESSION} posts of this client wait for the person already, and no more may. Wait until some are answered.`
    : `${MAX_PENDING} posts of all clients wait for the person already, and no more may. Wait until some are answered.`
}

function unreachable(why: string): Decision {
  return { kind: 'refused', outcome: { kind: 'unreachable', why }, by: 'limit' }
}
