import { strictEmitter } from '../strict.ts'
import { WINDOW_EVENTS } from './window-events.ts'

type Done = Pick<
  Electron.BrowserWindow,
  | 'flashFrame'
  | 'isAlwaysOnTop'
  | 'isMaximized'
  | 'isMinimized'
  | 'moveTop'
  | 'removeMenu'
  | 'restore'
  | 'setAlwaysOnTop'
  | 'setBackgroundColor'
  | 'setMenu'
  | 'setMenuBarVisibility'
  | 'setMinimumSize'
  | 'setProgressBar'
  | 'setSkipTaskbar'
  | 'setVisibleOnAllWorkspaces'
>

/** What of a window is only looks here: it is taken, remembered for tests, and shows nowhere. */
export abstract class WindowLooks extends strictEmitter('BrowserWindow', WINDOW_EVENTS) implements Done {
  #alwaysOnTop = false

  abstract isDestroyed(): boolean

  isMinimized(): boolean {
    return this.alive(false)
  }

  isMaximized(): boolean {
    return this.alive(false)
  }

  isAlwaysOnTop(): boolean {
    return this.alive(this.#alwaysOnTop)
  }

  restore(): void {
    this.alive(undefined)
  }

  setAlwaysOnTop(flag: boolean): void {
    this.#alwaysOnTop = this.alive(flag)
  }

  moveTop(): void {
    this.alive(undefined)
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
    this.alive(this.calls).push([name, ...args])
  }

  /** @throws as Electron does for a window that is gone */
  protected alive<T>(value: T): T {
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed')
    return value
  }
}
