import { join } from 'node:path'
import { app, BrowserWindow, type BrowserWindowConstructorOptions, type WebContents } from 'electron'

/** Makes a window whose page can go nowhere, open nothing and reach nobody but its own preload. Not shown yet. */
export function makeSecureWindow(
  preload: 'approval' | 'settings',
  options: BrowserWindowConstructorOptions,
): BrowserWindow {
  const window = new BrowserWindow({
    ...options,
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, '..', 'preload', `${preload}.cjs`),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      // It would fetch dictionaries.
      spellcheck: false,
      devTools: !app.isPackaged,
      v8CacheOptions: 'code',
    },
  })
  lockDown(window.webContents)
  return window
}

function lockDown(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', event => event.preventDefault())
  contents.on('will-frame-navigate', event => event.preventDefault())
  contents.on('will-redirect', event => event.preventDefault())
  contents.on('will-attach-webview', event => event.preventDefault())
}
