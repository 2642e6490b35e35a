import type { Answer, Approval, Asker } from '../../../shared/approvals/approval.ts'
import type { PostContent } from '../../../shared/approvals/fingerprint.ts'
import type { Refusal } from '../../../shared/approvals/outcome.ts'
import type { ApprovalRecord, FinalOutcome } from '../../../shared/approvals/transition.ts'
import type { WriteSubject } from '../../../shared/approvals/write-subject.ts'
import type { Clock } from './clock.ts'

/** A gateway's question. */
export type AskRequest = {
  asker: Asker
  /** The gateway's own id of the question, one at a time in a session. */
  ask: string
  function: string
  subject: WriteSubject
  /** How long the call can wait for an answer. */
  waitMs: number
  canShowForm: boolean
}

/** What a call is told of its question. `id` is the approval's, absent where none was made. */
export type Decision =
  | { kind: 'permitted'; id: string; permit: string; by: string; text?: string }
  | { kind: 'refused'; id?: string; outcome: Refusal; by: string }

/** `form`: nobody else can be reached, the client's own form has to do; its answer goes to `answerForm`. */
export type Asked = { kind: 'form'; id: string } | Decision

/** A decision, for the audit and for grants. */
export type DecidedApproval = {
  approval: Approval
  content: PostContent
  outcome: FinalOutcome
  by: string
  /** From the question to the decision. */
  ms: number
  /** What a person said on a surface; absent where none did. */
  answer?: Answer
}

/** Something that may be sent now, for the audit. */
export type ReleasedPermit = {
  permit: string
  session: string
  by: string
  approval?: string
  content: PostContent
  function: string
}

export type EditCheck = { kind: 'sendable' } | { kind: 'invalid'; why: string }

/** What the approvals need of others. None of the callbacks is waited for but `checkEdit`. */
export type ApprovalsOptions = {
  clock: Clock
  /** Random, of at least 128 bits: a permit's id is known to its session alone. */
  newId(): string
  /** What is listed has changed. Must not throw. */
  onChange(): void
  /**
   * Once for every approval that ends; the id of the grant that was made of it.
   *
   * @throws when it cannot be recorded: an approval is then none
   */
  onDecided(decided: DecidedApproval): string | undefined
  /** Just before something is sent. @throws when it cannot be recorded: nothing is sent then */
  onReleased(released: ReleasedPermit): void
  /** Asks a gateway whether a changed text can be sent. @throws when the gateway cannot be reached in time */
  checkEdit(session: string, ask: string, text: string): Promise<EditCheck>
  /** Somebody else has decided: the client's form goes away. Must not throw. */
  withdrawForm(session: string, ask: string): void
}

/** One client. */
export type Session = {
  id: string
  /** What its calls wait for, by the gateway's ids. */
  calls: Map<string, Entry>
  /** What a call of it can still wait for, or get the answer of. */
  open: Set<Entry>
}

/** The call that waits for an approval, or shows it in its client's form. */
export type Call = {
  ask: string
  canShowForm: boolean
  phase: 'waiting' | 'form'
  resolve(asked: Asked): void
  cancelWait(): void
  cancelShow(): void
}

export type Entry = {
  record: ApprovalRecord
  session: Session
  /** Grows with each that is asked. */
  nth: number
  /** The most that it takes in a message, for as long as it waits. */
  bytes: number
  /** Of the last call that asked: its gateway has the write prepared, to check an edit with. */
  lastAsk: string
  call: Call | undefined
  /** Ends the approval while it is pending, forgets it afterwards. */
  cancelTimer(): void
  grant?: string
}
