import { type BrowserWindow, nativeTheme, screen, type WebContents, type WebFrameMain } from 'electron'
import type { WindowKind } from '../../shared/desktop/window-calls.ts'
import { windowPlace } from '../../shared/desktop/window-place.ts'
import { EVENT_CHANNEL } from '../../shared/protocol/window-bridge.ts'
import { pageUrl } from './app-protocol.ts'
import type { AppStore } from './app-store.ts'
import { isPageItself } from './page-sender.ts'
import { makeSecureWindow } from './secure-window.ts'

export type AppWindowOptions = {
  kind: WindowKind
  page: 'approval' | 'settings'
  size: { width: number; height: number; minWidth: number; minHeight: number }
  store: AppStore
  /** The person closes it: true where it is to be hidden instead. */
  hidesOnClose(): boolean
  /** It is gone, or its page is: nothing is shown any more. */
  onGone(): void
  onHidden?(): void
  onShown?(): void
}

/** The same in tokens.css: a window is never white before its page is painted. */
const BACKGROUND = { light: '#fafafa', dark: '#18181b' }

/** A page that dies again and again is left dead: the tray and notifications are still there. */
const MOST_CRASHES = 3
const CRASHES_WITHIN_MS = 60_000

/** One of the app's windows: made when it is first wanted, made anew where its page has died. */
export class AppWindow {
  readonly options: AppWindowOptions
  #window: BrowserWindow | undefined
  #isListening = false
  #isPainted = false
  /** Somebody wants to see it, or it wants to be seen. */
  #isWanted = false
  #comesWithFocus = false
  #waiting: [name: string, params: unknown][] = []
  #crashes: number[] = []

  constructor(options: AppWindowOptions) {
    this.options = options
  }

  get kind(): WindowKind {
    return this.options.kind
  }

  get isVisible(): boolean {
    const window = this.#alive
    return window?.isVisible() === true && !window.isMinimized()
  }

  get isFocused(): boolean {
    return this.#alive?.isFocused() === true
  }

  /** Shows it; without the focus where nobody has clicked for it. */
  show(focus: boolean): void {
    this.#isWanted = true
    const window = this.#alive
    if (window === undefined) {
      this.#comesWithFocus = focus
      this.#make()
      return
    }
    if (!this.#isPainted) {
      // It comes up by itself.
      this.#comesWithFocus ||= focus
      return
    }
    if (focus) {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    } else window.showInactive()
  }

  hide(): void {
    this.#isWanted = false
    this.#alive?.hide()
  }

  /** Ends it without a question. */
  destroy(): void {
    const window = this.#alive
    this.#forget()
    window?.destroy()
  }

  /** Tells its page something, or keeps it until there is one that listens. */
  send(name: string, params: unknown): void {
    const window = this.#alive
    if (window === undefined) return
    if (this.#isListening) window.webContents.send(EVENT_CHANNEL, name, params)
    else this.#waiting.push([name, params])
  }

  /** The page has called for the first time, so it listens. */
  pageListens(): void {
    if (this.#isListening) return
    this.#isListening = true
    for (const [name, params] of this.#waiting.splice(0)) this.send(name, params)
  }

  /** Whether a call comes from the page of this window itself: not from a frame in it, nor from what it became. */
  isSentBy(contents: WebContents, frame: WebFrameMain | null): boolean {
    const window = this.#alive
    if (window === undefined || contents !== window.webContents) return false
    return isPageItself(frame, contents.mainFrame, pageUrl(this.options.page))
  }

  get #alive(): BrowserWindow | undefined {
    return this.#window?.isDestroyed() === false ? this.#window : undefined
  }

  #make(): void {
    const { kind, page, size, store } = this.options
    const screens = screen.getAllDisplays().map(({ workArea }) => workArea)
    const window = makeSecureWindow(page, {
      ...size,
      ...windowPlace(store.windowPlace(kind), screens, size),
      title: 'KosmoKrator',
      backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
      autoHideMenuBar: true,
      fullscreenable: false,
    })
    this.#window = window
    window.once('ready-to-show', () => {
      if (this.#window !== window) return
      this.#isPainted = true
      if (this.#isWanted) this.show(this.#comesWithFocus)
    })
    window.on('close', event => {
      store.setWindowPlace(kind, window.getNormalBounds())
      if (!this.options.hidesOnClose()) return
      event.preventDefault()
      this.hide()
    })
    window.on('closed', () => this.#lost(window))
    window.on('hide', () => this.options.onHidden?.())
    window.on('minimize', () => this.options.onHidden?.())
    window.on('show', () => this.options.onShown?.())
    window.on('restore', () => this.options.onShown?.())
    window.webContents.on('render-process-gone', () => this.#crashed(window))
    window.loadURL(pageUrl(page)).catch(() => this.#crashed(window))
  }

  /** Nothing is decided by it: whatever waited waits on, and is shown by the page that comes. */
  #crashed(window: BrowserWindow): void {
    if (this.#window !== window) return
    const isWanted = this.#isWanted
    this.#lost(window)
    window.destroy()
    const now = performance.now()
    this.#crashes = [...this.#crashes.filter(at => now - at < CRASHES_WITHIN_MS), now]
    if (isWanted && this.#crashes.length <= MOST_CRASHES) this.show(false)
  }

  #lost(window: BrowserWindow): void {
    if (this.#window !== window) return
    this.#forget()
    this.options.onGone()
  }

  #forget(): void {
    this.#window = undefined
    this.#isListening = false
    this.#isPainted = false
    this.#isWanted = false
    this.#waiting = []
  }
}
