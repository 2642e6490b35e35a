import { homedir } from 'node:os'
import { app, clipboard, shell } from 'electron'
import { decideLink } from '../../shared/desktop/open-link.ts'
import type { clientMethods } from '../../shared/protocol/client-methods.ts'
import type { DesktopHandlers, DesktopPart } from '../../shared/protocol/desktop-methods.ts'
import type { installMethods } from '../../shared/protocol/install-methods.ts'
import type { Handlers } from '../../shared/protocol/method-table.ts'
import type { SurfaceHandlers } from '../../shared/protocol/surface-methods.ts'
import { activityExport } from './export-activity.ts'
import type { LoginItemSetting } from './login-item.ts'

export type DesktopHandlersOptions = {
  home: string
  loginItem: LoginItemSetting
  notifications(): DesktopPart
  tray(): Promise<DesktopPart>
  activity: SurfaceHandlers['activity']
  clients: Handlers<typeof clientMethods>
  outside: Handlers<typeof installMethods>
  showApprovals(id: string | undefined): void
  /** Hides the window that calls. */
  hideWindow(): void
  /** The tray shows some of it too. */
  changed(): void
}

/** What one window asks of the app itself. */
export function desktopHandlers(options: DesktopHandlersOptions): DesktopHandlers {
  const { home, loginItem } = options
  return {
    appInfo: () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      chrome: process.versions.chrome ?? '',
      node: process.versions.node,
      platform: process.platform,
      home,
      homeDirectory: homedir(),
    }),
    desktop: async () => ({ notifications: options.notifications(), tray: await options.tray() }),
    async openLink({ url }) {
      const link = decideLink(url)
      if (link.kind === 'refused') return link
      try {
        await shell.openExternal(link.url)
        return { kind: 'opened' }
      } catch {
        return { kind: 'refused', why: 'No browser could be started for it. Copy the link instead.' }
      }
    },
    async copyText({ text }) {
      await clipboard.writeText(text)
      return null
    },
    showApprovals({ id }) {
      options.showApprovals(id)
      return null
    },
    hideWindow() {
      options.hideWindow()
      return null
    },
    loginItem: () => loginItem.read(),
    setLoginItem({ on }) {
      const item = loginItem.set(on)
      options.changed()
      return item
    },
    exportActivity: activityExport(options.activity),
    ...options.clients,
    ...options.outside,
  }
}
