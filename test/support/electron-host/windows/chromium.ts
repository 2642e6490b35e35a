import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type BrowserContext, chromium, type Page, type Route } from 'playwright-core'
import { dyingWithParent } from '../../desktop/dying-with-parent.ts'
import { hasDisplay, xWindowOf } from './x-window.ts'

/** The one Chromium that all windows of an app are in. */
export type Chromium = {
  /** Whether windows are on a display, and not only in memory. */
  headed: boolean
  /** Where Playwright connects to, from any process. */
  endpoint: string
  /** A new and empty page in a window of its own, without tabs and address. */
  newPage(): Promise<Page>
  /** Says who answers the requests of a page; requests of pages that nobody answers for are refused. */
  answer(page: Page, handler: (route: Route) => Promise<void>): void
}

/** Begins the first address of each window that we open. */
const OURS = 'about:blank#electron-host-'

const FLAGS = [
  '--remote-debugging-port=0',
  '--no-sandbox',
  // Keeps the bar about --no-sandbox out of windows.
  '--test-type',
  '--no-first-run',
  '--no-default-browser-check',
  '--password-store=basic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-popup-blocking',
  '--disable-dev-shm-usage',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-features=Translate,MediaRouter,OptimizationHints,CalculateNativeWinOcclusion',
  // One process for all frames of a page, so that one session sees them all.
  '--disable-site-isolation-trials',
  // Nothing of the internet, whatever a page asks for; servers of tests can be reached.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
  '--app=data:text/html,<title>electron-host</title>',
  '--window-size=200,100',
]

/**
 * Starts Chromium.
 *
 * @param name what the window manager calls the program
 * @throws where it is not installed or does not start
 */
export async function startChromium(name: string): Promise<Chromium> {
  const headed = hasDisplay()
  const profile = mkdtempSync(join(tmpdir(), 'electron-host-'))
  const flags = [
    ...FLAGS,
    `--user-data-dir=${profile}`,
    `--class=${name}`,
    ...(headed ? ['--ozone-platform=x11'] : ['--headless']),
  ]
  const [command, ...args] = dyingWithParent('chromium', flags)
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  process.once('exit', () => {
    child.kill('SIGKILL')
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
  })
  const endpoint = await addressOf(child)
  const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true })
  const [context] = browser.contexts()
  const [base] = context?.pages() ?? []
  if (context === undefined || base === undefined)
    throw new Error('Chromium started without its first window.')
  // It is there to open the others, and nobody is to see it.
  if (headed) await (await xWindowOf(base, `electron-host-base-${process.pid}`)).unmap()
  const answering = new WeakMap<Page, (route: Route) => Promise<void>>()
  await context.route('**/*', async route => {
    const page = pageOf(route)
    const handler = page === undefined ? undefined : answering.get(page)
    await (handler === undefined ? route.abort() : handler(route))
  })
  // Pages open nothing, whatever the app's setWindowOpenHandler says (it may only say no).
  context.on('page', page => {
    if (!page.url().startsWith(OURS)) void page.close()
  })
  return {
    headed,
    endpoint,
    newPage: () => openWindow(context, base),
    answer: (page, handler) => void answering.set(page, handler),
  }
}

function addressOf(child: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`Chromium ended at its start (exit code ${code}).\n${said}`)))
    if (child.stderr === null) return
    createInterface(child.stderr).on('line', line => {
      said = `${said}${line}\n`.slice(-2000)
      const [, address] = /^DevTools listening on (ws:\S+)/.exec(line) ?? []
      if (address !== undefined) resolve(address)
    })
  })
}

async function openWindow(context: BrowserContext, base: Page): Promise<Page> {
  const url = `${OURS}${randomUUID()}`
  const opened = context.waitForEvent('page', page => page.url() === url)
  // A popup of an app window has neither tabs nor address.
  await base.evaluate(`window.open('${url}', '', 'popup,noopener')`)
  return opened
}

function pageOf(route: Route): Page | undefined {
  try {
    return route.request().frame().page()
  } catch {
    // The first request of a page that a page opened.
    return undefined
  }
}
