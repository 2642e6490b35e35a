import { Notification } from 'electron'
import type { Approval } from '../../shared/approvals/approval.ts'
import {
  BUTTON_WORDS,
  type NotificationButton,
  type NotificationPlan,
  notificationFor,
  notificationForMany,
} from '../../shared/desktop/notification.ts'
import type { DesktopPart } from '../../shared/protocol/desktop-methods.ts'
import type { SurfaceHandlers } from '../../shared/protocol/surface-methods.ts'

export type NotificationsOptions = {
  platform: NodeJS.Platform
  /** The surface `notification`. */
  surface: Pick<SurfaceHandlers, 'answer' | 'reportShown'>
  hasSeveralAccounts(approval: Approval): boolean
  /** Shows a request in the window; any where none is named. */
  review(id: string | undefined): void
  /** It could not be shown: somebody else has to tell. */
  onFailed(id: string | undefined): void
}

/** A click so soon was meant for whatever was there before. */
const GRACE_MS = 350

const UNSUPPORTED =
  'This desktop shows no notifications. Requests come up in a window by themselves all the same.'

/** The notifications of requests: doorbells, each gone with its request. */
export class Notifications {
  readonly #options: NotificationsOptions
  /** Kept here: one that nothing refers to is forgotten by Electron, with its buttons. */
  readonly #shown = new Map<string, Notification>()
  #many: Notification | undefined
  #fault: string | undefined

  constructor(options: NotificationsOptions) {
    this.#options = options
  }

  get canNotify(): boolean {
    return this.#fault === undefined && Notification.isSupported()
  }

  get isManyTold(): boolean {
    return this.#many !== undefined
  }

  /** For the person. */
  get part(): DesktopPart {
    if (this.#fault !== undefined) return { kind: 'missing', why: this.#fault }
    return Notification.isSupported() ? { kind: 'ok' } : { kind: 'missing', why: UNSUPPORTED }
  }

  /** Rings for one request. */
  ring(approval: Approval): void {
    const { id } = approval
    const plan = notificationFor(approval, {
      takesMarkup: this.#options.platform === 'linux',
      hasSeveralAccounts: this.#options.hasSeveralAccounts(approval),
    })
    const shown = this.#show(plan, id)
    this.#shown.set(id, shown.notification)
    shown.notification.on('action', ({ actionIndex }) => {
      const button = plan.buttons[actionIndex]
      const isTooSoon = shown.at === undefined || performance.now() - shown.at < GRACE_MS
      void this.#pressed(id, button === 'approve' && isTooSoon ? 'review' : button)
    })
    shown.notification.on('show', () => {
      // A bell that was heard is no request that was read, unless all of it was on the bell.
      if (plan.isWhole) void this.#options.surface.reportShown({ ids: [id] })
    })
  }

  /** Rings once for many. */
  ringForMany(count: number): void {
    const { notification } = this.#show(notificationForMany(count), undefined)
    this.#many = notification
    notification.on('action', () => this.#options.review(undefined))
    notification.on('close', () => {
      if (this.#many === notification) this.#many = undefined
    })
  }

  /** Takes back those of requests that wait no more. */
  settle(waiting: readonly string[]): void {
    for (const [id, notification] of this.#shown) {
      if (waiting.includes(id)) continue
      this.#shown.delete(id)
      notification.close()
    }
    if (waiting.length === 0) {
      this.#many?.close()
      this.#many = undefined
    }
  }

  /** Says something that needs no answer. @param clicked default: shows what waits */
  say(title: string, body: string, clicked = () => this.#options.review(undefined)): void {
    if (!this.canNotify) return
    const notification = new Notification({ title, body, silent: true })
    notification.on('click', clicked)
    notification.show()
  }

  #show({ title, body, buttons }: NotificationPlan, id: string | undefined) {
    const notification = new Notification({
      title,
      body,
      urgency: 'critical',
      timeoutType: 'never',
      actions: buttons.map(button => ({ type: 'button', text: BUTTON_WORDS[button] })),
    })
    const shown: { notification: Notification; at: number | undefined } = { notification, at: undefined }
    notification.on('show', () => {
      shown.at = performance.now()
    })
    notification.on('click', () => this.#options.review(id))
    notification.on('failed', () => {
      this.#fault =
        'The system refused to show a notification. Allow notifications of KosmoKrator in its settings; until then requests come up in a window.'
      this.#options.onFailed(id)
    })
    // Closing decides nothing: there is no listener for it that could.
    notification.show()
    return shown
  }

  async #pressed(id: string, button: NotificationButton | undefined): Promise<void> {
    switch (button) {
      case 'approve':
        return this.#answer(id, { kind: 'approve', span: 'once', reach: 'channel' })
      case 'deny':
        return this.#answer(id, { kind: 'deny' })
      default:
        this.#options.review(id)
    }
  }

  async #answer(id: string, answer: Parameters<SurfaceHandlers['answer']>[0]['answer']): Promise<void> {
    const answered = await this.#options.surface.answer({ id, answer })
    switch (answered.kind) {
      case 'done':
        return
      case 'already-decided':
        return this.say('Answered already', `This request was ${answered.how}.`)
      default:
        this.say('Nothing was posted', 'This request is gone: its client gave up or left.')
    }
  }
}
