import type { Approval } from '../../../shared/approvals/approval.ts'
import { firstThatFit, type QueueWindow } from '../../../shared/approvals/queue-window.ts'
import { approvalOf } from '../../../shared/approvals/transition.ts'
import type { Entry } from './entry.ts'
import type { ApprovalQueue } from './queue.ts'

/** Which of what waits: that one; those of that session; those that came after that one, which may be decided by now. */
export type Which = { id?: string | undefined; session?: string | undefined; after?: string | undefined }

/** What waits for a person in pieces that go into a message; what a piece costs does not grow with what waits. */
export class Listing {
  readonly #queue: ApprovalQueue

  constructor(queue: ApprovalQueue) {
    this.#queue = queue
  }

  /** How many wait. */
  get count(): number {
    return this.#queue.count
  }

  /** Ids of all that wait, oldest first. */
  ids(): string[] {
    return this.#queue.ids()
  }

  /** One that waits; undefined where it does not. */
  find(id: string): Approval | undefined {
    const entry = this.#queue.find(id)
    return entry !== undefined && this.#queue.isPending(entry) ? approvalOf(entry.record) : undefined
  }

  /** The oldest, and how many wait besides. @param wanted ids of some that are there in any case, while they wait */
  window(wanted: Iterable<string> = []): QueueWindow {
    const oldest = firstThatFit(this.#queue.pending()).map(({ record }) => approvalOf(record))
    const isThere = new Set(oldest.map(({ id }) => id))
    const besides = [...wanted].filter(id => !isThere.has(id)).flatMap(id => this.find(id) ?? [])
    const approvals = [...oldest, ...besides]
    return { approvals, more: Math.max(0, this.count - approvals.length) }
  }

  /** As many as go into one message, oldest first; none where no more wait. */
  page({ id, session, after }: Which): Approval[] {
    if (id !== undefined) return [this.find(id) ?? []].flat()
    const from = after === undefined ? undefined : this.#queue.find(after)?.nth
    return firstThatFit(only(this.#queue.pending(), session, from)).map(({ record }) => approvalOf(record))
  }
}

function* only(entries: Iterable<Entry>, session: string | undefined, from = -1): Iterable<Entry> {
  for (const entry of entries) {
    if (entry.nth > from && (session === undefined || entry.session.id === session)) yield entry
  }
}
