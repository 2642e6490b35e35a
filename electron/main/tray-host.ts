import type { DesktopPart } from '../../shared/protocol/desktop-methods.ts'

const WATCHER = 'org.kde.StatusNotifierWatcher'
const MISSING: DesktopPart = {
  kind: 'missing',
  why: 'This desktop shows no tray icons (GNOME needs the extension "AppIndicator"). KosmoKrator works without: start it again to open its windows, and requests come up by themselves.',
}

/**
 * Whether there is a tray to be in. Electron cannot tell, and puts the icon nowhere without a word where there is none;
 * what the desktop's name is says nothing, since an extension may show icons after all. So the one that keeps the list
 * of icons is asked. @param withinMs after this long without an answer it is not known
 */
export async function findTrayHost(
  platform: NodeJS.Platform,
  variables: Record<string, string | undefined>,
  withinMs: number,
): Promise<DesktopPart> {
  if (platform !== 'linux') return { kind: 'ok' }
  const address = variables.DBUS_SESSION_BUS_ADDRESS
  if (address === undefined || address === '') return { kind: 'unknown' }
  try {
    const isThere = await within(withinMs, askWatcher(address))
    return isThere ? { kind: 'ok' } : MISSING
  } catch {
    return { kind: 'unknown' }
  }
}

async function askWatcher(busAddress: string): Promise<boolean> {
  const { sessionBus } = await import('@particle/dbus-next')
  const bus = sessionBus({ busAddress })
  try {
    const failed = new Promise<never>((_, reject) => bus.on('error', reject))
    return await Promise.race([failed, hasHost(bus)])
  } finally {
    bus.disconnect()
  }
}

async function hasHost(bus: import('@particle/dbus-next').MessageBus): Promise<boolean> {
  const daemon = await bus.getProxyObject('org.freedesktop.DBus', '/org/freedesktop/DBus')
  const names: string[] = (await daemon.getInterface('org.freedesktop.DBus').ListNames?.()) ?? []
  if (!names.includes(WATCHER)) return false
  const watcher = await bus.getProxyObject(WATCHER, '/StatusNotifierWatcher')
  const properties = watcher.getInterface('org.freedesktop.DBus.Properties')
  const answer = await properties.Get?.(WATCHER, 'IsStatusNotifierHostRegistered')
  return answer?.value === true
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('late')), milliseconds).unref()
  })
  return Promise.race([work, late])
}
