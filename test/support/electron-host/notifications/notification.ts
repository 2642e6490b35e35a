import { app } from '../app/app.ts'
import { makeEvent } from '../event.ts'
import { NotDone, refuseOthers, strictEmitter } from '../strict.ts'
import { closeNotification, hasNotificationDaemon, showNotification } from './notification-daemon.ts'

const EVENTS = [
  'action',
  'click',
  'close',
  'failed',
  'show',
  // Linux has no notifications that take an answer.
  'reply',
]

const OPTIONS = [
  'actions',
  'body',
  'closeButtonText',
  'groupId',
  'groupTitle',
  'hasReply',
  'icon',
  'id',
  'replyPlaceholder',
  'silent',
  'sound',
  'subtitle',
  'timeoutType',
  'title',
  'urgency',
]

const REASONS: Readonly<Record<number, 'userCanceled' | 'applicationHidden' | 'timedOut'>> = {
  1: 'timedOut',
  2: 'userCanceled',
  3: 'applicationHidden',
}

type Done = Pick<
  Electron.Notification,
  'actions' | 'body' | 'close' | 'id' | 'show' | 'timeoutType' | 'title' | 'urgency'
>

/** What is known of each notification, oldest first, for tests. */
export const notificationList: Notification[] = []

let last = 0

/** A notification at the desktop's own daemon, over D-Bus. */
export class Notification extends strictEmitter('Notification', EVENTS) implements Done {
  static isSupported(): boolean {
    return hasNotificationDaemon()
  }

  /** Means something to Windows alone. */
  static handleActivation(): void {}

  readonly id: string
  title: string
  body: string
  actions: Electron.NotificationAction[]
  urgency: 'normal' | 'critical' | 'low'
  timeoutType: 'default' | 'never'
  /** For tests: where it is, and its number at the daemon once that is known. */
  state: 'new' | 'shown' | 'closed' | 'failed' = 'new'
  number: number | undefined
  #isWanted = false

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super()
    refuseOthers('Notification', options, OPTIONS)
    const { id = `electron-host-${++last}`, title = '', body = '', actions = [] } = options
    if (actions.some(action => action.type !== 'button')) throw new NotDone('notifications with a selection')
    this.id = id
    this.title = title
    this.body = body
    this.actions = actions
    this.urgency = options.urgency ?? 'normal'
    this.timeoutType = options.timeoutType ?? 'default'
  }

  show(): void {
    if (!app.isReady()) throw new Error('Cannot show a Notification before app is ready')
    // Shown again it is a new one, as in Electron.
    this.close()
    this.#isWanted = true
    notificationList.push(this)
    void this.#show()
  }

  close(): void {
    this.#isWanted = false
    if (this.state === 'shown' && this.number !== undefined) closeNotification(this.number)
  }

  async #show(): Promise<void> {
    const buttons = this.actions.flatMap(({ text = '' }, index) => [String(index), text])
    const { title, body, urgency } = this
    const timeout = this.timeoutType === 'never' ? 0 : -1
    const actions = ['default', 'View', ...buttons]
    try {
      this.number = await showNotification(
        { app: app.name, title, body, actions, urgency, timeout },
        this.#events(),
      )
      this.state = 'shown'
      // The app may have changed its mind while the daemon was asked.
      if (!this.#isWanted) this.close()
      this.emit('show', makeEvent())
    } catch (error) {
      this.state = 'failed'
      this.emit('failed', makeEvent(), String(error))
    }
  }

  #events() {
    return {
      pressed: (key: string) => {
        if (key === 'default') this.emit('click', makeEvent())
        else {
          const parts = { actionIndex: Number(key), selectionIndex: -1 }
          this.emit('action', makeEvent(parts), parts.actionIndex, -1)
        }
      },
      closed: (reason: number) => {
        this.state = 'closed'
        this.emit('close', makeEvent({ reason: REASONS[reason] }))
      },
    }
  }
}
