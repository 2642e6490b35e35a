import { EventEmitter } from 'node:events'
import type { BrowserWindow } from './browser-window.ts'
import type { WebContents } from './web-contents.ts'

type News = {
  created: [window: BrowserWindow]
  contents: [contents: WebContents]
  focused: [window: BrowserWindow, isFocused: boolean]
  gone: [contents: WebContents, details: Electron.RenderProcessGoneDetails]
  closed: [window: BrowserWindow]
}

/** What happens to windows, for the app. */
export const windowNews = new EventEmitter<News>()

/** All windows that are not destroyed, oldest first. */
export const windowList = new Set<BrowserWindow>()
