import dbus from '@particle/dbus-next'
import type { SessionBus } from './session-bus.ts'

const { Interface } = dbus.interface

/** A notification as a program sent it. */
export type SentNotification = {
  id: number
  app: string
  title: string
  body: string
  /** What a button says, by its key. */
  actions: Record<string, string>
  urgency: number
  timeout: number
  isOpen: boolean
}

/** Reasons of org.freedesktop.Notifications. */
const REASONS = { expired: 1, dismissed: 2, taken: 3 } as const

class Service extends Interface {
  readonly sent: SentNotification[] = []

  constructor() {
    super('org.freedesktop.Notifications')
  }

  GetCapabilities(): string[] {
    return ['actions', 'body', 'persistence']
  }

  GetServerInformation(): string[] {
    return ['Notifications of tests', 'KosmoKrator', '1', '1.2']
  }

  Notify(
    app: string,
    replaces: number,
    _icon: string,
    title: string,
    body: string,
    pairs: string[],
    hints: Record<string, { value: unknown }>,
    timeout: number,
  ): number {
    const id = replaces === 0 ? this.sent.length + 1 : replaces
    const actions = Object.fromEntries(
      pairs.flatMap((key, at) => (at % 2 === 0 ? [[key, pairs[at + 1] ?? '']] : [])),
    )
    const urgency = Number(hints.urgency?.value ?? 1)
    this.sent.push({ id, app, title, body, actions, urgency, timeout, isOpen: true })
    return id
  }

  CloseNotification(id: number): void {
    this.close(id, REASONS.taken)
  }

  close(id: number, reason: number): void {
    for (const each of this.sent) {
      if (each.id !== id || !each.isOpen) continue
      each.isOpen = false
      this.NotificationClosed(id, reason)
    }
  }

  ActionInvoked(id: number, key: string): [number, string] {
    return [id, key]
  }

  NotificationClosed(id: number, reason: number): [number, number] {
    return [id, reason]
  }
}

Service.configureMembers({
  methods: {
    GetCapabilities: { outSignature: 'as' },
    GetServerInformation: { outSignature: 'ssss' },
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u' },
  },
  signals: { ActionInvoked: { signature: 'us' }, NotificationClosed: { signature: 'uu' } },
})

/** Shows nothing to anybody; a test is the person in front of it. */
export class NotificationService {
  readonly #service = new Service()

  static async on(bus: SessionBus): Promise<NotificationService> {
    const { raw } = bus
    const notifications = new NotificationService()
    raw.export('/org/freedesktop/Notifications', notifications.#service)
    await raw.requestName('org.freedesktop.Notifications')
    return notifications
  }

  /** All that was sent, oldest first. */
  all(): readonly SentNotification[] {
    return this.#service.sent
  }

  open(): readonly SentNotification[] {
    return this.#service.sent.filter(each => each.isOpen)
  }

  /** Presses the button that says so. @throws where the notification has none */
  press({ id, actions }: SentNotification, label: string): void {
    const [key] = Object.entries(actions).find(([, text]) => text === label) ?? []
    if (key === undefined)
      throw new Error(`The notification has no button "${label}", only ${Object.values(actions)}.`)
    this.#service.ActionInvoked(id, key)
    this.#service.close(id, REASONS.dismissed)
  }

  /** Clicks on the text. */
  click({ id }: SentNotification): void {
    this.#service.ActionInvoked(id, 'default')
    this.#service.close(id, REASONS.dismissed)
  }

  dismiss({ id }: SentNotification): void {
    this.#service.close(id, REASONS.dismissed)
  }

  expire({ id }: SentNotification): void {
    this.#service.close(id, REASONS.expired)
  }
}
