import { makeEvent } from '../event.ts'
import { dispatch } from '../ipc/dispatch.ts'
import { encode } from '../page/codec.ts'
import type { PreloadFacts } from '../page/page-scripts.ts'
import type { FromPage } from '../page/preload-modules.ts'
import { fromChromium, toChromium } from '../protocol/origins.ts'
import { ownSchemes } from '../protocol/protocol.ts'
import { grantPermissions } from '../session/permissions.ts'
import { session } from '../session/session.ts'
import { strictEmitter } from '../strict.ts'
import { nativeTheme } from '../system/native-theme.ts'
import { loadError } from './load-error.ts'
import { PageHost, type PageOwner } from './page-host.ts'
import { theChromium } from './the-chromium.ts'
import { WEB_CONTENTS_EVENTS } from './web-contents-events.ts'
import type { WebFrameMain } from './web-frame-main.ts'

type Done = Pick<
  Electron.WebContents,
  | 'close'
  | 'executeJavaScript'
  | 'focus'
  | 'forcefullyCrashRenderer'
  | 'getTitle'
  | 'getURL'
  | 'id'
  | 'isCrashed'
  | 'isDestroyed'
  | 'isFocused'
  | 'isLoading'
  | 'loadURL'
  | 'reload'
  | 'send'
  | 'setWindowOpenHandler'
>

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0]

/** What the window around it does for a page. */
export type Surroundings = {
  focus(): void
  close(): void
  /** A page was made; windows place it before anybody sees it. */
  placed(host: PageHost): Promise<void>
  titled(title: string): void
  moved(bounds: Electron.Rectangle): void
  readyToShow(): void
  /** Its page was closed by somebody else than the app. */
  lost(): void
  isFocused(): boolean
}

let last = 0

/** The page of a window. */
export class WebContents extends strictEmitter('webContents', WEB_CONTENTS_EVENTS) implements Done {
  readonly id = ++last
  readonly #facts: PreloadFacts
  readonly #around: Surroundings
  #opening: Promise<PageHost>
  #host: PageHost | undefined
  #openHandler: OpenHandler | undefined
  #title = ''
  #url = ''
  #loading = false
  #state: 'alive' | 'crashed' | 'destroyed' = 'alive'
  #shown = false

  constructor(facts: PreloadFacts, around: Surroundings) {
    super()
    this.#facts = facts
    this.#around = around
    this.#opening = this.#open()
    nativeTheme.on('updated', () => {
      // A page may be gone or not be there yet; a new one looks for itself.
      this.#host?.follow(nativeTheme.shouldUseDarkColors).catch(() => undefined)
    })
  }

  get session() {
    return session.defaultSession
  }

  get mainFrame(): WebFrameMain | null {
    return this.#host?.frames.top ?? null
  }

  /** For the host: Chromium's id of the page that is open. */
  get targetId(): string | undefined {
    return this.#host?.targetId
  }

  /** For the host: the page at work, when there is one. */
  async page(): Promise<PageHost> {
    return this.#opening
  }

  async loadURL(url: string): Promise<void> {
    const host = await this.#opening
    this.#loading = true
    this.emit('did-start-loading')
    try {
      await host.load(toChromium(url, ownSchemes()))
    } catch (error) {
      if (this.#state === 'destroyed') return
      const failure = loadError(url, error)
      this.emit('did-fail-load', makeEvent(), failure.errno, failure.code, url, true, process.pid, 0)
      throw failure
    } finally {
      this.#loading = false
      if (this.#state !== 'destroyed') this.emit('did-stop-loading')
    }
    if (this.#state === 'destroyed') return
    this.emit('did-finish-load')
    if (this.#shown) return
    this.#shown = true
    this.#around.readyToShow()
  }

  reload(): void {
    const url = this.#url
    if (this.#state === 'crashed') {
      this.#state = 'alive'
      this.#opening = this.#open()
    }
    this.loadURL(url).catch(() => undefined)
  }

  send(channel: string, ...args: unknown[]): void {
    const message = { kind: 'message', channel, args: encode(args) } as const
    if (this.#state === 'destroyed') throw new TypeError('Object has been destroyed')
    void this.#host?.frames.top.tell(message)
  }

  async executeJavaScript(code: string): Promise<unknown> {
    return (await this.#opening).page.evaluate(code)
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  forcefullyCrashRenderer(): void {
    // Nobody answers from a page that crashes.
    this.#host?.session.send('Page.crash').catch(() => undefined)
  }

  focus(): void {
    this.#around.focus()
  }

  isFocused(): boolean {
    return this.#around.isFocused()
  }

  close(): void {
    this.#around.close()
  }

  getTitle(): string {
    return this.#title
  }

  getURL(): string {
    return this.#url
  }

  isLoading(): boolean {
    return this.#loading
  }

  isCrashed(): boolean {
    return this.#state === 'crashed'
  }

  isDestroyed(): boolean {
    return this.#state === 'destroyed'
  }

  /** For the window: ends the page. */
  async destroy(): Promise<void> {
    if (this.#state === 'destroyed') return
    this.#state = 'destroyed'
    this.emit('destroyed')
    const host = await this.#opening.catch(() => undefined)
    host?.frames.top.destroy()
    await host?.page.close().catch(() => undefined)
  }

  /** For the window: a page in the place of one that somebody closed. */
  reopen(): void {
    this.#opening = this.#open()
    this.loadURL(this.#url).catch(() => undefined)
  }

  async #open(): Promise<PageHost> {
    const host = await PageHost.open(await theChromium(), this.#facts, this.#owner())
    this.#host = host
    await grantPermissions(host.session, this, this.#url)
    await this.#around.placed(host)
    return host
  }

  #owner(): PageOwner {
    return {
      fromPage: (frame, message) => this.#fromPage(frame, message),
      mayNavigate: (url, isMainFrame) => this.#mayNavigate(url, isMainFrame),
      wantsWindow: (url, frameName, features) => this.#wantsWindow(url, frameName, features.join(',')),
      navigated: (url, isInPlace) => {
        this.#url = url
        if (isInPlace) this.emit('did-navigate-in-page', makeEvent(), url, true, process.pid, 0)
        else this.emit('did-navigate', makeEvent(), url, 200, 'OK')
      },
      domReady: () => this.emit('dom-ready', makeEvent()),
      logged: (type, message) => {
        const level = ({ warning: 'warning', error: 'error', debug: 'debug' } as const)[type] ?? 'info'
        const parts = { message, level, lineNumber: 0, sourceId: '', frame: this.mainFrame }
        this.emit('console-message', makeEvent(parts))
      },
      crashed: () => {
        if (this.#state === 'destroyed') return
        const dead = this.#host
        this.#state = 'crashed'
        this.#host = undefined
        dead?.frames.top.destroy()
        this.emit('render-process-gone', makeEvent(), { reason: 'crashed', exitCode: 5 })
        void dead?.page.close().catch(() => undefined)
      },
      closed: () => {
        if (this.#state === 'alive') this.#around.lost()
      },
    }
  }

  #fromPage(frame: WebFrameMain, message: FromPage): void {
    switch (message.kind) {
      case 'invoke':
      case 'send':
        void dispatch(this, frame, message)
        return
      case 'title':
        this.#title = message.title
        this.#around.titled(message.title)
        return
      case 'bounds':
        this.#around.moved(message)
        return
      case 'preload-error': {
        const error = Object.assign(new Error(message.message), { stack: message.stack })
        process.stderr.write(`Unable to load preload script: ${this.#facts.preload}\n${error.stack}\n`)
        this.emit('preload-error', makeEvent(), this.#facts.preload, error)
      }
    }
  }

  #mayNavigate(url: string, isMainFrame: boolean): boolean {
    const parts = { url, isSameDocument: false, isMainFrame, frame: isMainFrame ? this.mainFrame : null }
    if (isMainFrame) {
      const event = makeEvent(parts)
      this.emit('will-navigate', event, url, false, true, process.pid, 0)
      if (event.defaultPrevented) return false
    }
    const event = makeEvent(parts)
    this.emit('will-frame-navigate', event)
    return !event.defaultPrevented
  }

  #wantsWindow(url: string, frameName: string, features: string): void {
    const referrer = { url: this.#url, policy: 'strict-origin-when-cross-origin' } as const
    const answer = this.#openHandler?.({
      url: fromChromium(url),
      frameName,
      features,
      disposition: features === '' ? 'foreground-tab' : 'new-window',
      referrer,
    })
    if (answer?.action === 'deny') return
    throw new Error(`The Electron host for tests does not do windows that pages open (${url}); deny them.`)
  }
}
