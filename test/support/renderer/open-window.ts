import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { findChromium } from '../../setup/chromium.mjs'
import { ORIGIN, serveBuiltPage } from './built-pages.ts'
import { type AppHandlers, type PageName, ScriptedApp } from './scripted-app.ts'

/** Whether there is a browser to open windows in. */
export const canOpenWindows = findChromium() !== undefined

/** What every window's clock says at first; it stands still until `runFor`. */
export const NOW = Date.UTC(2026, 10, 23, 14, 5, 0)

export type WindowLook = {
  width?: number
  height?: number
  colours?: 'light' | 'dark'
  /** 2 = the person has zoomed to 200 %: half the room, twice the dots. */
  zoom?: number
  reducedMotion?: boolean
  forcedColours?: boolean
  /** Before its first call the page is hidden, as a window that was never shown. */
  hidden?: boolean
}

export type OpenedWindow<Name extends PageName> = {
  page: Page
  app: ScriptedApp<Name>
  /** What went wrong in the page so far; a test that takes it is not failed by it. */
  takeFaults(): string[]
  /** Lets time pass in the page: timers, frames and clocks, in milliseconds. Nobody waits for it. */
  runFor(milliseconds: number): Promise<void>
  /** Makes the document visible or hidden, as showing and hiding its window does. */
  setVisible(isVisible: boolean): Promise<void>
}

/**
 * One browser for a test file and a fresh window for each test. After each test a fault of the page fails it: an error
 * of a script, a word on its console (what the CSP blocks is told there), a request to anywhere, a call by the rules'
 * wrong side.
 */
export function useWindows() {
  let browser: Browser | undefined
  let closers: (() => Promise<string[]>)[] = []

  beforeAll(async () => {
    if (canOpenWindows) browser = await launch()
  })
  afterEach(async () => {
    const closing = closers
    closers = []
    const faults = await Promise.all(closing.map(close => close()))
    expect(faults.flat()).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
  })

  async function open<Name extends PageName>(
    name: Name,
    handlers: AppHandlers<Name>,
    look: WindowLook = {},
  ): Promise<OpenedWindow<Name>> {
    if (browser === undefined) throw new Error('there is no browser')
    const context = await browser.newContext(contextOptions(look))
    const page = await context.newPage()
    const app = new ScriptedApp(name, page, handlers)
    const faults = watchFaults(page)
    await context.route('**/*', async route => {
      const url = route.request().url()
      if (url.startsWith(`${ORIGIN}/`)) return serveBuiltPage(route)
      faults.push(`the page asked for ${url}`)
      await route.abort()
    })
    await page.clock.install({ time: NOW - 1_000 })
    await page.clock.pauseAt(NOW)
    await page.addInitScript(controlVisibility, look.hidden === true)
    await app.install()
    closers.push(async () => {
      await context.close()
      return [...faults, ...app.faults]
    })
    await page.goto(`${ORIGIN}/${name}/index.html`)
    return {
      page,
      app,
      takeFaults: () => faults.splice(0),
      runFor: milliseconds => page.clock.runFor(milliseconds),
      setVisible: isVisible => page.evaluate(visible => window.kosmoTestVisible(visible), isVisible),
    }
  }

  return { open }
}

function launch(): Promise<Browser> {
  const executablePath = findChromium()
  const isRoot = process.getuid?.() === 0
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ['--disable-gpu', ...(isRoot ? ['--no-sandbox'] : [])],
  })
}

function contextOptions(look: WindowLook): BrowserContextOptions {
  const { width = 560, height = 640, zoom = 1 } = look
  return {
    viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
    deviceScaleFactor: zoom,
    colorScheme: look.colours ?? 'light',
    reducedMotion: look.reducedMotion === true ? 'reduce' : 'no-preference',
    forcedColors: look.forcedColours === true ? 'active' : 'none',
    locale: 'en-GB',
    timezoneId: 'UTC',
  }
}

function watchFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', error => faults.push(`a script failed: ${error.stack ?? error.message}`))
  page.on('console', message => faults.push(`the console says ${message.type()}: ${message.text()}`))
  page.on('crash', () => faults.push('the page crashed'))
  return faults
}

declare global {
  interface Window {
    kosmoTestVisible(isVisible: boolean): void
  }
}

/** Runs in the page: a window without a screen is always visible to its document. */
function controlVisibility(isHidden: boolean): void {
  let hidden = isHidden
  Object.defineProperty(Document.prototype, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') })
  Object.defineProperty(Document.prototype, 'hidden', { get: () => hidden })
  window.kosmoTestVisible = isVisible => {
    hidden = !isVisible
    document.dispatchEvent(new Event('visibilitychange'))
  }
}

/** Where pictures are put to be looked at; none are made unless KOSMO_SCREENS names a folder. */
const SCREENS = process.env.KOSMO_SCREENS

/** Makes a picture of a window, for eyes. */
export async function picture({ page }: { page: Page }, name: string): Promise<void> {
  if (SCREENS === undefined) return
  mkdirSync(SCREENS, { recursive: true })
  await page.screenshot({ path: join(SCREENS, `${name}.png`) })
}
