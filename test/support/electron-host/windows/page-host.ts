import { randomUUID } from 'node:crypto'
import type { CDPSession, Page, Route } from 'playwright-core'
import {
  PRELOAD_WORLD,
  type PreloadFacts,
  pageWorldScript,
  preloadWorldScript,
  TO_MAIN,
} from '../page/page-scripts.ts'
import type { FromPage } from '../page/preload-modules.ts'
import { fromChromium } from '../protocol/origins.ts'
import { serve } from '../protocol/serve.ts'
import { nativeTheme } from '../system/native-theme.ts'
import type { Chromium } from './chromium.ts'
import { PageFrames } from './page-frames.ts'
import type { WebFrameMain } from './web-frame-main.ts'

/** What a page tells the window that it is in. */
export type PageOwner = {
  fromPage(frame: WebFrameMain, message: FromPage): void
  /** Whether a page may go where it wants to go by itself. */
  mayNavigate(url: string, isMainFrame: boolean): boolean
  wantsWindow(url: string, name: string, features: string[]): void
  navigated(url: string, isInPlace: boolean): void
  domReady(): void
  logged(level: string, text: string): void
  crashed(): void
  closed(): void
}

/** For how long a navigation may be ahead of what Chromium tells of its beginning. */
const GRACE_MS = 100

/** One page in Chromium, with its frames, its preload's world and the way to the main process. */
export class PageHost {
  readonly page: Page
  readonly session: CDPSession
  readonly frames: PageFrames
  /** Chromium's id of it. */
  readonly targetId: string
  readonly #owner: PageOwner
  /** Navigations that the page itself began, by address. */
  readonly #begun = new Set<string>()
  /** The address that the main process is loading. */
  #ordered: string | undefined

  private constructor(
    page: Page,
    session: CDPSession,
    frames: PageFrames,
    targetId: string,
    owner: PageOwner,
  ) {
    this.page = page
    this.targetId = targetId
    this.session = session
    this.frames = frames
    this.#owner = owner
  }

  static async open(chromium: Chromium, facts: PreloadFacts, owner: PageOwner): Promise<PageHost> {
    const page = await chromium.newPage()
    const session = await page.context().newCDPSession(page)
    const { targetInfo } = await session.send('Target.getTargetInfo')
    const host = new PageHost(page, session, await PageFrames.of(session), targetInfo.targetId, owner)
    chromium.answer(page, route => host.#answer(route))
    await session.send('Runtime.addBinding', { name: TO_MAIN, executionContextName: PRELOAD_WORLD })
    const secret = randomUUID()
    // In this order: the preload's end calls the page's.
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldScript(secret) })
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadWorldScript(secret, facts),
      worldName: PRELOAD_WORLD,
    })
    host.#listen()
    await host.follow(nativeTheme.shouldUseDarkColors)
    return host
  }

  /** Loads an address of Chromium's. @throws what Playwright says where it cannot be loaded */
  async load(url: string): Promise<void> {
    this.#ordered = url
    try {
      await this.page.goto(url, { waitUntil: 'load', timeout: 0 })
    } finally {
      this.#ordered = undefined
    }
  }

  /** Has the page use the dark or the light one of its looks. */
  async follow(isDark: boolean): Promise<void> {
    const features = [{ name: 'prefers-color-scheme', value: isDark ? 'dark' : 'light' }]
    await this.session.send('Emulation.setEmulatedMedia', { features })
  }

  async reload(): Promise<void> {
    await this.load(this.page.url())
  }

  #listen(): void {
    const { session, page } = this
    const owner = this.#owner
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      const frame = this.frames.inWorld(executionContextId)
      if (name === TO_MAIN && frame !== undefined) owner.fromPage(frame, JSON.parse(payload))
    })
    session.on('Page.frameRequestedNavigation', ({ url }) => this.#begin(url))
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      owner.wantsWindow(fromChromium(url), windowName, windowFeatures)
    })
    session.on('Page.navigatedWithinDocument', ({ url }) => owner.navigated(fromChromium(url), true))
    page.on('framenavigated', frame => {
      if (frame === page.mainFrame()) owner.navigated(fromChromium(frame.url()), false)
    })
    page.on('domcontentloaded', () => owner.domReady())
    page.on('console', message => owner.logged(message.type(), message.text()))
    page.on('crash', () => owner.crashed())
    page.on('close', () => owner.closed())
  }

  #begin(url: string): void {
    const isNetwork = /^(https?|blob|data|about):/i.test(url)
    if (isNetwork) this.#begun.add(url)
    // Chromium would ask the system for a program; for Electron it is a navigation like any other.
    else this.#owner.mayNavigate(url, true)
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request()
    if (request.isNavigationRequest() && !(await this.#mayNavigate(route))) return route.abort('aborted')
    return serve(route)
  }

  async #mayNavigate(route: Route): Promise<boolean> {
    const request = route.request()
    const isMainFrame = request.frame() === this.page.mainFrame()
    const url = request.url()
    if (isMainFrame && this.#ordered !== undefined && url === withoutHash(this.#ordered)) return true
    if (!(await this.#isBegunByPage(url))) return true
    return this.#owner.mayNavigate(fromChromium(url), isMainFrame)
  }

  /** Developer tools and tests navigate too, and ask nobody. */
  async #isBegunByPage(url: string): Promise<boolean> {
    const end = performance.now() + GRACE_MS
    for (;;) {
      const begun = [...this.#begun].find(each => withoutHash(each) === url)
      if (begun !== undefined) return this.#begun.delete(begun)
      if (performance.now() > end) return false
      await new Promise(resolve => setTimeout(resolve, 5))
    }
  }
}

function withoutHash(url: string): string {
  return url.replace(/#.*$/, '')
}
