import { makeEvent } from '../event.ts'
import { strictEmitter } from '../strict.ts'
import { Placement } from './placement.ts'
import { WebContents } from './web-contents.ts'
import { WINDOW_EVENTS } from './window-events.ts'
import { windowList, windowNews } from './window-list.ts'
import { checkWindowOptions } from './window-options.ts'
import { hasDisplay } from './x-window.ts'

type Done = Pick<
  Electron.BrowserWindow,
  | 'blur'
  | 'center'
  | 'close'
  | 'destroy'
  | 'flashFrame'
  | 'focus'
  | 'getBounds'
  | 'getContentBounds'
  | 'getContentSize'
  | 'getNormalBounds'
  | 'getPosition'
  | 'getSize'
  | 'getTitle'
  | 'hide'
  | 'id'
  | 'isAlwaysOnTop'
  | 'isDestroyed'
  | 'isFocused'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'moveTop'
  | 'reload'
  | 'removeMenu'
  | 'restore'
  | 'setAlwaysOnTop'
  | 'setBackgroundColor'
  | 'setBounds'
  | 'setMenu'
  | 'setMenuBarVisibility'
  | 'setMinimumSize'
  | 'setPosition'
  | 'setProgressBar'
  | 'setSize'
  | 'setSkipTaskbar'
  | 'setTitle'
  | 'setVisibleOnAllWorkspaces'
  | 'show'
  | 'showInactive'
>

const SCREEN = { width: 1280, height: 800 }

let last = 0
let isAppReady = false

/** From here on windows can be made. */
export function windowsAreReady(): void {
  isAppReady = true
}

/** A window in Chromium. */
export class BrowserWindow extends strictEmitter('BrowserWindow', WINDOW_EVENTS) implements Done {
  static getAllWindows(): BrowserWindow[] {
    return [...windowList]
  }

  static getFocusedWindow(): BrowserWindow | null {
    return [...windowList].find(window => window.isFocused()) ?? null
  }

  static fromId(id: number): BrowserWindow | null {
    return [...windowList].find(window => window.id === id) ?? null
  }

  static fromWebContents(contents: object): BrowserWindow | null {
    return [...windowList].find(window => window.webContents === contents) ?? null
  }

  readonly id = ++last
  readonly webContents: WebContents
  readonly #placement = new Placement(isActive => this.#setFocused(isActive))
  #bounds: Electron.Rectangle
  #visible: boolean
  #focused = false
  #destroyed = false
  #alwaysOnTop: boolean
  #title: string

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    if (!isAppReady) throw new Error('Cannot create BrowserWindow before app is ready')
    checkWindowOptions(options)
    const { width = 800, height = 600, show = true, title = 'Electron', alwaysOnTop = false } = options
    const middle = { x: Math.round((SCREEN.width - width) / 2), y: Math.round((SCREEN.height - height) / 2) }
    this.#bounds = { x: options.x ?? middle.x, y: options.y ?? middle.y, width, height }
    this.#visible = show
    this.#title = title
    this.#alwaysOnTop = alwaysOnTop
    const { preload, additionalArguments = [] } = options.webPreferences ?? {}
    const facts = { preload, versions: process.versions as Record<string, string>, argv: additionalArguments }
    this.webContents = new WebContents(facts, {
      focus: () => this.focus(),
      close: () => this.close(),
      placed: host => this.#placement.adopt(host, { visible: this.#visible, bounds: this.#bounds }),
      titled: text => this.#titled(text),
      moved: bounds => this.#moved(bounds),
      readyToShow: () => void this.emit('ready-to-show'),
      lost: () => this.#lost(),
      isFocused: () => this.isFocused(),
    })
    this.webContents.on('render-process-gone', (_event, details) =>
      windowNews.emit('gone', this.webContents, details),
    )
    windowList.add(this)
    windowNews.emit('created', this)
    windowNews.emit('contents', this.webContents)
    if (show) this.show()
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }

  reload(): void {
    this.webContents.reload()
  }

  show(): void {
    this.#appear()
    this.focus()
  }

  showInactive(): void {
    this.#appear()
  }

  #appear(): void {
    const wasVisible = this.#visible
    this.#visible = true
    this.#soon(this.#placement.show(), () => {
      if (!wasVisible) this.emit('show')
    })
  }

  hide(): void {
    if (!this.#visible) return
    this.#visible = false
    this.#soon(this.#placement.hide(), () => {
      this.#setFocused(false)
      this.emit('hide')
    })
  }

  focus(): void {
    if (!this.#visible) return
    this.#soon(this.#placement.activate(), () => {
      // Without a display nobody else says who has the keyboard.
      if (!hasDisplay()) this.#setFocused(true)
    })
  }

  blur(): void {
    this.#setFocused(false)
  }

  close(): void {
    const event = makeEvent()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.#visible = false
    this.#focused = false
    windowList.delete(this)
    void this.webContents.destroy()
    this.emit('closed')
    windowNews.emit('closed', this)
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  isVisible(): boolean {
    return this.#alive(this.#visible)
  }

  isFocused(): boolean {
    return this.#alive(this.#focused)
  }

  isMinimized(): boolean {
    return this.#alive(false)
  }

  isMaximized(): boolean {
    return this.#alive(false)
  }

  isAlwaysOnTop(): boolean {
    return this.#alive(this.#alwaysOnTop)
  }

  restore(): void {
    this.#alive(undefined)
  }

  getTitle(): string {
    return this.#alive(this.#title)
  }

  setTitle(title: string): void {
    this.#title = this.#alive(title)
  }

  getBounds(): Electron.Rectangle {
    return this.#alive({ ...this.#bounds })
  }

  getNormalBounds(): Electron.Rectangle {
    return this.getBounds()
  }

  getContentBounds(): Electron.Rectangle {
    return this.getBounds()
  }

  getSize(): number[] {
    return this.#alive([this.#bounds.width, this.#bounds.height])
  }

  getContentSize(): number[] {
    return this.getSize()
  }

  getPosition(): number[] {
    return this.#alive([this.#bounds.x, this.#bounds.y])
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const before = this.#alive(this.#bounds)
    this.#bounds = { ...before, ...bounds }
    this.#soon(this.#placement.setBounds(this.#bounds), () => this.#tellChange(before))
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y })
  }

  center(): void {
    const { width, height } = this.#bounds
    this.setPosition(Math.round((SCREEN.width - width) / 2), Math.round((SCREEN.height - height) / 2))
  }

  setAlwaysOnTop(flag: boolean): void {
    this.#alwaysOnTop = this.#alive(flag)
  }

  moveTop(): void {
    this.#alive(undefined)
  }

  /** Calls of what shows outside of the page alone, for tests: the name and its arguments. */
  readonly calls: [name: string, ...args: unknown[]][] = []

  flashFrame(flag: boolean): void {
    this.#note('flashFrame', flag)
  }

  setProgressBar(progress: number): void {
    this.#note('setProgressBar', progress)
  }

  setSkipTaskbar(skip: boolean): void {
    this.#note('setSkipTaskbar', skip)
  }

  setVisibleOnAllWorkspaces(visible: boolean): void {
    this.#note('setVisibleOnAllWorkspaces', visible)
  }

  setBackgroundColor(color: string): void {
    this.#note('setBackgroundColor', color)
  }

  setMinimumSize(width: number, height: number): void {
    this.#note('setMinimumSize', width, height)
  }

  setMenu(menu: unknown): void {
    this.#note('setMenu', menu === null ? null : 'a menu')
  }

  removeMenu(): void {
    this.#note('removeMenu')
  }

  setMenuBarVisibility(visible: boolean): void {
    this.#note('setMenuBarVisibility', visible)
  }

  #note(name: string, ...args: unknown[]): void {
    this.#alive(this.calls).push([name, ...args])
  }

  #alive<T>(value: T): T {
    if (this.#destroyed) throw new TypeError('Object has been destroyed')
    return value
  }

  /** After it happened, if the window is still there to tell of it. */
  #soon(step: Promise<void>, tell: () => void): void {
    this.#alive(undefined)
    Promise.all([step, this.webContents.page()]).then(
      () => this.#destroyed || tell(),
      () => undefined,
    )
  }

  #setFocused(isFocused: boolean): void {
    if (this.#destroyed || this.#focused === isFocused) return
    if (isFocused) for (const other of windowList) if (other !== this) other.#setFocused(false)
    this.#focused = isFocused
    this.emit(isFocused ? 'focus' : 'blur', makeEvent())
    windowNews.emit('focused', this, isFocused)
  }

  #titled(title: string): void {
    if (this.#destroyed) return
    const event = makeEvent()
    this.webContents.emit('page-title-updated', event, title, true)
    this.emit('page-title-updated', event, title, true)
    if (!event.defaultPrevented) this.#title = title
  }

  #moved(bounds: Electron.Rectangle): void {
    if (this.#destroyed) return
    const before = this.#bounds
    this.#bounds = bounds
    this.#tellChange(before)
  }

  #tellChange(before: Electron.Rectangle): void {
    const { x, y, width, height } = this.#bounds
    if (x !== before.x || y !== before.y) this.emit('move')
    if (width !== before.width || height !== before.height) this.emit('resize')
  }

  /** Somebody closed it at its frame: the app may still want to keep it. */
  #lost(): void {
    const event = makeEvent()
    this.emit('close', event)
    if (event.defaultPrevented) this.webContents.reopen()
    else this.destroy()
  }
}
