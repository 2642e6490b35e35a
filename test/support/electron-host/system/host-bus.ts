import { SessionBus } from '../../desktop/session-bus.ts'

let bus: SessionBus | undefined

/** Connects this process to the session bus of its environment, if that is there. Before the app's main module. */
export async function connectHostBus(): Promise<void> {
  const address = process.env.DBUS_SESSION_BUS_ADDRESS
  if (address === undefined || address === '') return
  bus = await SessionBus.connect(address).catch(() => undefined)
}

/** The session bus; undefined where there is none. */
export function hostBus(): SessionBus | undefined {
  return bus
}
