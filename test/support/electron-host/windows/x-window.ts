import type { Page } from 'playwright-core'
import { until } from '../../broker/until.ts'
import { XDisplay } from '../../desktop/x-display.ts'

const WITHIN_MS = 10_000

/** A window of Chromium as the X server and the window manager know it. */
export type XWindow = {
  map(): Promise<void>
  unmap(): Promise<void>
  /** Brings it to the front and gives it the keyboard. */
  activate(): Promise<void>
  /** Tells whenever it gets the keyboard, or something else does. */
  onActive(listener: (isActive: boolean) => void): void
}

let opened: Promise<XDisplay> | undefined

/** Whether this process is on a display. */
export function hasDisplay(): boolean {
  return Boolean(process.env.DISPLAY)
}

/** The window that a page has just been made in, on the display of the environment. */
export async function xWindowOf(page: Page, unique: string): Promise<XWindow> {
  opened ??= XDisplay.open(process.env.DISPLAY ?? '')
  const display = await opened
  await page.evaluate(`document.title = ${JSON.stringify(unique)}`)
  const id = await until('a window manager that has the new window', () => display.titled(unique), WITHIN_MS)
  const isOnScreen = (wanted: boolean) =>
    until('the window to come or go', async () => (await display.isOnScreen(id)) === wanted, WITHIN_MS)
  return {
    map: async () => {
      display.map(id)
      await isOnScreen(true)
    },
    unmap: async () => {
      display.tellUnfocused(id)
      display.withdraw(id)
      await isOnScreen(false)
    },
    activate: async () => {
      display.activate(id)
      await until('the window to become active', async () => (await display.active()) === id, WITHIN_MS)
    },
    onActive: listener => display.onActive(active => listener(active === id)),
  }
}
