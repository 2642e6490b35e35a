import { attentionFor } from '../../shared/desktop/attention.ts'
import type { Listing } from '../broker/approvals/listing.ts'
import type { ApprovalWindow } from './approval-window.ts'
import type { Notifications } from './notifications.ts'

/** Has a person look at what waits, by the rules of shared/desktop/attention.ts. */
export class AttentionDesk {
  readonly #listing: Listing
  readonly #window: ApprovalWindow
  readonly #notifications: Notifications
  #told: ReadonlySet<string> = new Set()
  #isPutOff = false

  constructor(listing: Listing, window: ApprovalWindow, notifications: Notifications) {
    this.#listing = listing
    this.#window = window
    this.#notifications = notifications
  }

  /** What waits has changed. */
  changed(): void {
    const waiting = this.#listing.ids()
    const { canNotify, isManyTold } = this.#notifications
    const { attention } = this.#window
    const told = this.#told
    const asked = attentionFor({
      waiting,
      told,
      window: attention,
      isPutOff: this.#isPutOff,
      canNotify,
      isManyTold,
    })
    this.#isPutOff = asked.isPutOff
    // Before anything rings: a bell that fails asks again at once.
    this.#told = new Set(waiting)
    this.#notifications.settle(waiting)
    if (asked.showWindow) this.#window.window.show(false)
    for (const id of asked.ring) {
      const approval = this.#listing.find(id)
      if (approval !== undefined) this.#notifications.ring(approval)
    }
    if (asked.ringForMany > 0) this.#notifications.ringForMany(asked.ringForMany)
  }

  /** The person has put the window away. */
  putOff(): void {
    if (this.hasWaiting) this.#isPutOff = true
  }

  /** The person wants to see what waits, or one request of it. */
  review(id?: string): void {
    this.#isPutOff = false
    this.#window.review(id)
  }

  /** A bell did not ring: whoever it was for has to be told otherwise. */
  notificationFailed(id: string | undefined): void {
    this.#told = new Set([...this.#told].filter(each => id !== undefined && each !== id))
    this.changed()
  }

  get hasWaiting(): boolean {
    return this.#listing.count > 0
  }
}
