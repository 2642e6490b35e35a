import dbus from '@particle/dbus-next'
import { hostBus } from '../system/host-bus.ts'

const NAME = 'org.freedesktop.Notifications'
const DAEMON = { name: NAME, path: '/org/freedesktop/Notifications', interface: NAME }

export type ShownNotification = {
  app: string
  title: string
  body: string
  /** Pairs of a key and what the button says. */
  actions: string[]
  urgency: 'low' | 'normal' | 'critical'
  /** Milliseconds; 0: it stays, -1: as the daemon likes. */
  timeout: number
}

export type NotificationEvents = {
  pressed(key: string): void
  closed(reason: number): void
}

const shown = new Map<number, NotificationEvents>()
let isThere = false
let hasActions = false

/** Finds out who shows notifications and follows what comes of them. Before the app's main module. */
export async function watchNotificationDaemon(): Promise<void> {
  const bus = hostBus()
  if (bus === undefined) return
  await bus.onSignal('org.freedesktop.DBus', (member, [name, , owner]) => {
    if (member !== 'NameOwnerChanged' || name !== NAME) return
    isThere = owner !== ''
    if (isThere) void lookAtCapabilities()
  })
  await bus.onSignal(NAME, (member, [id, value]) => {
    const events = shown.get(Number(id))
    if (member === 'ActionInvoked') events?.pressed(String(value))
    if (member !== 'NotificationClosed') return
    shown.delete(Number(id))
    events?.closed(Number(value))
  })
  isThere = (await bus.ownerOf(NAME)) !== undefined
  if (isThere) await lookAtCapabilities()
}

async function lookAtCapabilities(): Promise<void> {
  const [capabilities] =
    (await hostBus()
      ?.call(DAEMON, 'GetCapabilities')
      .catch(() => undefined)) ?? []
  hasActions = Array.isArray(capabilities) && capabilities.includes('actions')
}

/** Whether there is a daemon at this moment. */
export function hasNotificationDaemon(): boolean {
  return isThere
}

/** Has a notification shown; its number at the daemon. @throws what the daemon answers */
export async function showNotification(what: ShownNotification, events: NotificationEvents): Promise<number> {
  const bus = hostBus()
  if (bus === undefined) throw new Error('There is no session bus.')
  const urgency = new dbus.Variant('y', { low: 0, normal: 1, critical: 2 }[what.urgency])
  const actions = hasActions ? what.actions : []
  const hints = { urgency, 'desktop-entry': new dbus.Variant('s', what.app) }
  const body = [what.app, 0, '', what.title, what.body, actions, hints, what.timeout]
  const [id] = await bus.call(DAEMON, 'Notify', 'susssasa{sv}i', body)
  shown.set(Number(id), events)
  return Number(id)
}

/** Takes a notification away. */
export function closeNotification(id: number): void {
  hostBus()
    ?.call(DAEMON, 'CloseNotification', 'u', [id])
    .catch(() => undefined)
}
