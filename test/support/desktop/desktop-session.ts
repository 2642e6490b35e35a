import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { until } from '../broker/until.ts'
import { NotificationService } from './notification-service.ts'
import { writePanelSettings } from './panel-settings.ts'
import { SessionBus } from './session-bus.ts'
import { TiedProcesses } from './tied-process.ts'
import { TrayWatcher } from './tray-watcher.ts'
import { XDisplay } from './x-display.ts'

const run = promisify(execFile)

const NOTIFICATION_DAEMON = '/usr/lib/notification-daemon/notification-daemon'
const XFCONF = 'org.xfce.Xfconf.service'

export type DesktopOptions = {
  /** Whether there is a display with a window manager; default: windows are in memory alone. */
  display?: boolean
  /** Who shows the tray: `panel` is a real one and needs the display; default: a watcher of ours. */
  tray?: 'panel' | 'watcher' | 'none'
  /** Who shows notifications: `daemon` is a real one and needs the display; default: a service of ours. */
  notifications?: 'daemon' | 'service' | 'none'
}

/** A desktop of a test's own: its bus, its folders and perhaps its display. */
export type Desktop = {
  /** The environment of somebody who is logged in there. */
  variables: Record<string, string>
  bus: SessionBus
  /** Where notifications are shown by our own service, that service. */
  notifications: NotificationService | undefined
  /** Title of the window that has the keyboard; empty: none has. @throws where there is no display */
  activeTitle(): Promise<string>
  /** Opens a window of another program and gives it the keyboard: what the person is busy with. */
  beBusyIn(title: string): Promise<void>
  /** Real mouse and keyboard. @throws where there is no display */
  xdotool(...args: (string | number)[]): Promise<string>
  /** Writes the whole screen or one window of it to a PNG file. */
  screenshot(file: string, window?: string): Promise<void>
  stop(): Promise<void>
}

/** Starts a desktop; the caller stops it, and a killed test takes it along. */
export async function openDesktop(options: DesktopOptions = {}): Promise<Desktop> {
  const { display = false, tray = 'watcher', notifications = 'service' } = options
  const home = mkdtempSync(join(tmpdir(), 'kosmo-desktop-'))
  const processes = new TiedProcesses()
  const variables: Record<string, string> = {
    ...folders(home),
    PATH: process.env.PATH ?? '',
    LANG: 'C.UTF-8',
    // No accessibility bus, which programs of the desktop would start and outlive them.
    NO_AT_BRIDGE: '1',
  }
  if (display) variables.DISPLAY = await startDisplay(processes, variables)
  variables.DBUS_SESSION_BUS_ADDRESS = await startBus(processes, variables, home)
  const bus = await SessionBus.connect(variables.DBUS_SESSION_BUS_ADDRESS)
  const screen = display ? await XDisplay.open(variables.DISPLAY ?? '') : undefined
  if (screen !== undefined) {
    startWindowManager(processes, variables, home)
    await until('a window manager', () => screen.isManaged())
  }
  if (notifications === 'daemon') processes.start(NOTIFICATION_DAEMON, [], variables)
  const service = notifications === 'service' ? await NotificationService.on(bus) : undefined
  if (tray === 'watcher') await TrayWatcher.on(bus)
  if (tray === 'panel') {
    writePanelSettings(variables.XDG_CONFIG_HOME ?? '')
    processes.start('xfce4-panel', ['--disable-wm-check'], variables)
  }
  const isOwned = (name: string) => until(name, () => bus.ownerOf(name))
  if (notifications !== 'none') await isOwned('org.freedesktop.Notifications')
  if (tray !== 'none') await isOwned('org.kde.StatusNotifierWatcher')
  return {
    variables,
    bus,
    notifications: service,
    xdotool: async (...args) => (await run('xdotool', args.map(String), { env: variables })).stdout.trim(),
    screenshot: async (file, window = 'root') => {
      await run('import', ['-window', window, `PNG24:${file}`], { env: variables })
    },
    activeTitle: async () => {
      const active = await onScreen(screen).active()
      return active === 0 ? '' : onScreen(screen).titleOf(active)
    },
    beBusyIn: async title => {
      const window = onScreen(screen).open(title)
      await until('the new window', () => {
        // A window manager that has just begun may miss it.
        onScreen(screen).map(window)
        return onScreen(screen).titled(title)
      })
      onScreen(screen).activate(window)
      await until('the new window to be active', async () => (await onScreen(screen).active()) === window)
    },
    stop: async () => {
      screen?.close()
      bus.disconnect()
      await processes.stop()
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
    },
  }
}

function onScreen(screen: XDisplay | undefined): XDisplay {
  if (screen === undefined) throw new Error('This desktop has no display.')
  return screen
}

function folders(home: string): Record<string, string> {
  const names = {
    XDG_CONFIG_HOME: 'config',
    XDG_DATA_HOME: 'data',
    XDG_CACHE_HOME: 'cache',
    XDG_RUNTIME_DIR: 'run',
  }
  const made = Object.entries(names).map(([variable, name]) => [variable, join(home, name)] as const)
  for (const [, path] of made) mkdirSync(path, { mode: 0o700 })
  return { HOME: home, ...Object.fromEntries(made) }
}

async function startDisplay(processes: TiedProcesses, variables: Record<string, string>): Promise<string> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp']
  const server = processes.start('Xvfb', args, variables, ['ignore', 'ignore', 'ignore', 'pipe'])
  const [number] = await once(server.stdio[3] as Readable, 'data')
  return `:${String(number).trim()}`
}

async function startBus(
  processes: TiedProcesses,
  variables: Record<string, string>,
  home: string,
): Promise<string> {
  const services = join(home, 'services')
  mkdirSync(services)
  const config = join(home, 'bus.conf')
  // Nothing of this machine is started on it but the settings that the panel reads.
  writeFileSync(
    config,
    `<busconfig><type>session</type><listen>unix:tmpdir=${home}</listen><servicedir>${services}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`,
  )
  try {
    copyFileSync(join('/usr/share/dbus-1/services', XFCONF), join(services, XFCONF))
  } catch {
    // Without it there is no panel either.
  }
  const args = [`--config-file=${config}`, '--nofork', '--print-address=1']
  const daemon = processes.start('dbus-daemon', args, variables, ['ignore', 'pipe', 'ignore'])
  const [address] = await once(daemon.stdout ?? daemon, 'data')
  return String(address).trim()
}

function startWindowManager(processes: TiedProcesses, variables: Record<string, string>, home: string): void {
  const config = join(home, 'openbox.xml')
  // Windows get the keyboard where they ask for it, and not because they are new: so it is on a desktop of today.
  const usual = readFileSync('/etc/xdg/openbox/rc.xml', 'utf8')
  writeFileSync(config, usual.replace('<focusNew>yes', '<focusNew>no'))
  processes.start('openbox', ['--config-file', config], variables)
}
