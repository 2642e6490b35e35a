import { ABSENT_PARTS } from './absent-parts.ts'
import { app } from './app/app.ts'
import { NativeImage } from './image/native-image.ts'
import { ipcMain } from './ipc/ipc-main.ts'
import { Menu } from './menu/menu.ts'
import { MenuItem } from './menu/menu-item.ts'
import { Notification } from './notifications/notification.ts'
import { protocol } from './protocol/protocol.ts'
import { session } from './session/session.ts'
import { absent, strict } from './strict.ts'
import { autoUpdater } from './system/auto-updater.ts'
import { clipboard } from './system/clipboard.ts'
import { crashReporter } from './system/crash-reporter.ts'
import { dialog } from './system/dialog.ts'
import { nativeTheme } from './system/native-theme.ts'
import { net } from './system/net.ts'
import { powerMonitor } from './system/power-monitor.ts'
import { safeStorage } from './system/safe-storage.ts'
import { screen } from './system/screen.ts'
import { shell } from './system/shell.ts'
import { Tray } from './tray/tray.ts'
import { BrowserWindow } from './windows/browser-window.ts'
import { webContents } from './windows/web-contents-list.ts'

/*
 * A double of the `electron` module 45 for the main process, on plain Node: windows are real Chromium, notifications and
 * the tray are real D-Bus services.
 *
 * What it cannot prove, because that is Electron's own code: the tray and the notifications that Electron itself makes
 * (on Linux through libnotify and Chromium's status icon; on macOS and Windows at all), the sandbox of renderers, fuses,
 * the archive that a packaged app is read from, the keychain behind safeStorage, and everything that macOS and Windows do
 * otherwise than Linux. Pages see `https://kosmo--app.electron-host.invalid` where Electron shows them `kosmo://app`;
 * everybody else sees the latter. Frames of one page share one renderer process, whatever their sites.
 */

const done = {
  app,
  autoUpdater,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage: NativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  webContents,
}

type Exports = keyof typeof import('electron/main') | keyof typeof import('electron/common')

/** All names that a main process can import from Electron; one that were forgotten could not even be imported. */
export const electron: Record<string, unknown> = strict('electron', {
  ...absentParts(ABSENT_PARTS),
  ...done,
} satisfies Record<Exports, object>)

function absentParts<Name extends string>(names: readonly Name[]): Record<Name, object> {
  return Object.fromEntries(names.map(name => [name, absent(name)])) as Record<Name, object>
}
