import { ABSENT_PARTS } from './absent-parts.ts'
import { app } from './app/app.ts'
import { ipcMain } from './ipc/ipc-main.ts'
import { protocol } from './protocol/protocol.ts'
import { absent, strict } from './strict.ts'
import { BrowserWindow } from './windows/browser-window.ts'

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

const done = { app, BrowserWindow, ipcMain, protocol }

type Exports = keyof typeof import('electron/main') | keyof typeof import('electron/common')

/** All names that a main process can import from Electron; one that were forgotten could not even be imported. */
export const electron: Record<string, unknown> = strict('electron', {
  ...absentParts(ABSENT_PARTS),
  ...done,
} satisfies Record<Exports, object>)

function absentParts<Name extends string>(names: readonly Name[]): Record<Name, object> {
  return Object.fromEntries(names.map(name => [name, absent(name)])) as Record<Name, object>
}
