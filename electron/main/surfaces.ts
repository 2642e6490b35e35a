import { homedir } from 'node:os'
import type { Approval } from '../../shared/approvals/approval.ts'
import type { WindowKind } from '../../shared/desktop/window-calls.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { Broker } from '../broker/broker.ts'
import type { AppStore } from './app-store.ts'
import { ApprovalWindow } from './approval-window.ts'
import { AttentionDesk } from './attention-desk.ts'
import type { CliRuntime } from './cli-runtime.ts'
import { clientHandlers } from './client-handlers.ts'
import { installSystem } from './client-system.ts'
import { desktopHandlers } from './desktop-handlers.ts'
import type { ExportedRuntime } from './exported-runtime.ts'
import { installHandlers } from './install-handlers.ts'
import { openGate } from './ipc.ts'
import type { Lifecycle } from './lifecycle.ts'
import { type LoginItemSetting, loginItem } from './login-item.ts'
import { Notifications } from './notifications.ts'
import { SettingsWindow } from './settings-window.ts'
import { onStartedAgain } from './single-instance.ts'
import { tellOfOther } from './tell-of-other.ts'
import { TrayIcon } from './tray.ts'
import { trayActions } from './tray-actions.ts'
import { keepTray } from './tray-desk.ts'
import { findTrayHost } from './tray-host.ts'
import { openUpdates } from './updates/open-updates.ts'
import { watchSettings } from './watch-settings.ts'

/** How long the desktop has to say whether it has a tray: while a page waits for it, and while nobody does. */
const A_PAGE_WAITS_MS = 3_000
const NOBODY_WAITS_MS = 30_000

export type SurfacesOptions = {
  home: string
  variables: NodeJS.ProcessEnv
  platform: NodeJS.Platform
  /** No window is wanted now. */
  isQuiet: boolean
  lifecycle: Lifecycle
  broker: Broker
  runtime: CliRuntime
  /** What clients are told to start. */
  exported: ExportedRuntime
  store: AppStore
  report(line: string): void
}

/** Everything that a person sees of the app: two windows, notifications and the tray, on one broker. */
export function openSurfaces(options: SurfacesOptions): void {
  const { home, variables, platform, lifecycle, broker, store } = options
  const surfaceOf = (kind: 'settings-window' | 'tray' | 'notification') =>
    broker.surface(kind, true, () => undefined)
  const item = loginItem(platform, variables)
  mendLoginItem(item, options.report)
  const ofTray = surfaceOf('tray')

  const settings = new SettingsWindow(store)
  const approvals = new ApprovalWindow({
    broker,
    store,
    isEnding: () => lifecycle.isEnding,
    onPutOff: () => desk.putOff(),
  })
  const notifications = new Notifications({
    platform,
    surface: surfaceOf('notification'),
    hasSeveralAccounts: approval => hasSeveralAccounts(broker, approval),
    review: id => desk.review(id),
    onFailed: id => desk.notificationFailed(id),
  })
  const desk = new AttentionDesk(broker.state.approvals.listing, approvals, notifications)
  const tray = new TrayIcon({
    platform,
    desktop: variables.XDG_CURRENT_DESKTOP ?? '',
    act: choice => act(choice),
  })
  const { updates, end: endUpdates } = openUpdates({
    ...options,
    changed: () => changed(),
    say: (title, body) => notifications.say(title, body, () => settings.show('about')),
  })
  const redraw = keepTray(tray, ofTray, item, updates)
  const act = trayActions({
    surface: ofTray,
    desk,
    settings,
    loginItem: item,
    updates,
    homeDirectory: homedir(),
    redraw,
  })
  const trayPart = (withinMs: number) => findTrayHost(platform, variables, withinMs)

  const brokerOf = { 'approval-window': approvals.handlers, 'settings-window': surfaceOf('settings-window') }
  const around = { ...options, state: broker.state, surface: brokerOf['settings-window'] }
  const clients = clientHandlers(around)
  const outside = installHandlers({
    system: () => installSystem(around),
    loginItem: platform === 'darwin' ? item : undefined,
  })
  const desktopOf = (kind: WindowKind) =>
    desktopHandlers({
      home,
      loginItem: item,
      updates,
      notifications: () => notifications.part,
      tray: () => trayPart(A_PAGE_WAITS_MS),
      activity: brokerOf['settings-window'].activity,
      clients,
      outside,
      showApprovals: id => desk.review(id),
      hideWindow: () => (kind === 'approval-window' ? approvals : settings).window.hide(),
      changed: redraw,
    })
  const desktop = {
    'approval-window': desktopOf('approval-window'),
    'settings-window': desktopOf('settings-window'),
  }
  openGate([approvals.window, settings.window], {
    answersOf: kind => ({ broker: brokerOf[kind], desktop: desktop[kind] }),
    report: options.report,
  })

  const changed = () => {
    redraw()
    settings.changed()
  }
  const ends = [
    broker.hub.watch(() => {
      desk.changed()
      changed()
    }),
    broker.hub.watchRest(changed),
    watchSettings(home, changed),
    endUpdates,
  ]
  // From now on somebody can be reached: no client has to ask by a form of its own.
  broker.state.approvals.surfaceOpened('tray')
  onStartedAgain(() => act({ kind: 'show-approvals' }), tellOfOther)
  lifecycle.onEnd(async () => {
    updates.ending()
    for (const end of ends) end()
    notifications.settle([])
    tray.destroy()
    for (const { window } of [approvals, settings]) window.destroy()
    await broker.close()
    await updates.finish()
  })

  redraw()
  void updates.lookIfDue()
  // At login the desktop's own tray may still be on its way, and whoever has the app start there has seen this before.
  if (options.isQuiet) return
  settings.show()
  void trayPart(NOBODY_WAITS_MS).then(part => {
    if (part.kind !== 'missing' || !notifications.canNotify || store.wasTold('no-tray')) return
    notifications.say('KosmoKrator is running', part.why)
  })
}

/** A notification does not say as whom a post would be, so that has to be clear without. */
function hasSeveralAccounts({ state }: Broker, { asker }: Approval): boolean {
  const read = state.settings.read()
  if (read.kind === 'broken') return true
  const aliases = Object.values(read.settings.integrations).flatMap(({ accounts }) => Object.keys(accounts))
  return aliases.some(alias => alias !== asker.account) || aliases.length > 1
}

/** An AppImage that was moved is to be found at the next login again. */
function mendLoginItem(item: LoginItemSetting, report: (line: string) => void): void {
  try {
    item.mend()
  } catch (error) {
    if (!(error instanceof KosmoError)) throw error
    report(error.message)
  }
}
