import { basename, dirname } from 'node:path'
import { makeEvent } from '../event.ts'
import { protocolIsReady } from '../protocol/protocol.ts'
import { strict, strictEmitter } from '../strict.ts'
import { note } from '../system/calls.ts'
import { windowsAreReady } from '../windows/browser-window.ts'
import { nameChromium } from '../windows/the-chromium.ts'
import { windowList, windowNews } from '../windows/window-list.ts'
import { APP_EVENTS } from './app-events.ts'
import { getPath, setPath } from './paths.ts'
import { instanceLock } from './single-instance.ts'

type Done = Pick<
  Electron.App,
  | 'disableHardwareAcceleration'
  | 'enableSandbox'
  | 'exit'
  | 'focus'
  | 'getAppPath'
  | 'getLocale'
  | 'getLoginItemSettings'
  | 'getPreferredSystemLanguages'
  | 'getSystemLocale'
  | 'getName'
  | 'getPath'
  | 'getVersion'
  | 'hasSingleInstanceLock'
  | 'isPackaged'
  | 'isReady'
  | 'name'
  | 'quit'
  | 'releaseSingleInstanceLock'
  | 'requestSingleInstanceLock'
  | 'setAppUserModelId'
  | 'setDesktopName'
  | 'setLoginItemSettings'
  | 'setName'
  | 'setPath'
  | 'whenReady'
>

/** What package.json says of the app, and where it is. */
export type AppFacts = { name: string; version: string; folder: string }

/** The app itself: its life, its names and its folders. */
class App extends strictEmitter('app', APP_EVENTS) implements Done {
  readonly dock = undefined
  readonly commandLine = strict('app.commandLine', {
    appendSwitch: () => undefined,
    hasSwitch: (name: string) =>
      process.argv.some(each => each === `--${name}` || each.startsWith(`--${name}=`)),
    getSwitchValue: (name: string) =>
      process.argv.find(each => each.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '',
  } satisfies Partial<Electron.CommandLine>)
  #facts: AppFacts = { name: 'Electron', version: '0.0.0', folder: process.cwd() }
  readonly #ready = Promise.withResolvers<void>()
  readonly #awaited = Promise.withResolvers<void>()
  #isReady = false
  #quitting = false
  readonly #lock = instanceLock(({ argv, workingDirectory, additionalData }) => {
    this.emit('second-instance', makeEvent(), argv, workingDirectory, additionalData)
  })

  constructor() {
    super()
    windowNews.on('created', window => this.emit('browser-window-created', makeEvent(), window))
    windowNews.on('contents', contents => this.emit('web-contents-created', makeEvent(), contents))
    windowNews.on('focused', (window, isFocused) => {
      this.emit(isFocused ? 'browser-window-focus' : 'browser-window-blur', makeEvent(), window)
    })
    windowNews.on('gone', (contents, details) => {
      this.emit('render-process-gone', makeEvent(), contents, details)
    })
    windowNews.on('closed', () => this.#windowClosed())
  }

  /** For the host: what app this is, before its main module runs. */
  describe(facts: AppFacts): void {
    this.#facts = facts
  }

  /** For the host: the main module has run. */
  becomeReady(): void {
    this.emit('will-finish-launching')
    nameChromium(this.name)
    protocolIsReady()
    windowsAreReady()
    this.#isReady = true
    this.emit('ready', makeEvent(), {})
    this.#ready.resolve()
  }

  whenReady(): Promise<void> {
    this.#awaited.resolve()
    return this.#ready.promise
  }

  /** For the host: somebody waits for the app to be ready. */
  isAwaited(): Promise<void> {
    return this.#awaited.promise
  }

  isReady(): boolean {
    return this.#isReady
  }

  quit(): void {
    if (this.#quitting) return
    const event = makeEvent()
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    this.#quitting = true
    for (const window of [...windowList]) {
      window.close()
      // A window that stays keeps the app.
      if (!window.isDestroyed()) {
        this.#quitting = false
        return
      }
    }
    if (windowList.size === 0) this.#finish()
  }

  exit(code = 0): void {
    this.emit('quit', makeEvent(), code)
    this.#lock.release()
    // Whatever else runs is not to be heard any more: Chromium is killed with this process.
    process.exit(code)
  }

  #finish(): void {
    const event = makeEvent()
    this.emit('will-quit', event)
    if (event.defaultPrevented) this.#quitting = false
    else this.exit(0)
  }

  #windowClosed(): void {
    if (windowList.size > 0 || this.#quitting) return
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else this.quit()
  }

  /** As a package has its app: in a folder of resources. */
  get isPackaged(): boolean {
    return basename(dirname(this.#facts.folder)) === 'resources'
  }

  get name(): string {
    return this.#facts.name
  }

  set name(name: string) {
    this.setName(name)
  }

  getName(): string {
    return this.#facts.name
  }

  setName(name: string): void {
    this.#facts = { ...this.#facts, name }
  }

  getVersion(): string {
    return this.#facts.version
  }

  getAppPath(): string {
    return this.#facts.folder
  }

  getLocale(): string {
    return 'en-US'
  }

  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    return getPath(name, this.name)
  }

  setPath(name: string, path: string): void {
    setPath(name, path)
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    return this.#lock.request(this.getPath('userData'), {
      argv: process.argv,
      workingDirectory: process.cwd(),
      additionalData,
    })
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock.has()
  }

  releaseSingleInstanceLock(): void {
    this.#lock.release()
  }

  enableSandbox(): void {
    this.#beforeReady('enableSandbox')
  }

  disableHardwareAcceleration(): void {
    this.#beforeReady('disableHardwareAcceleration')
  }

  /** Linux has none of this; macOS alone brings an app to the front. */
  focus(): void {}

  getSystemLocale(): string {
    return 'en-US'
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-US']
  }

  /** On Linux Electron neither starts at login nor knows of it. */
  setLoginItemSettings(settings: Electron.Settings): void {
    note('app.setLoginItemSettings', settings)
  }

  getLoginItemSettings(): Electron.LoginItemSettings {
    return {
      openAtLogin: false,
      wasOpenedAtLogin: false,
      status: 'not-registered',
      executableWillLaunchAtLogin: false,
      launchItems: [],
    }
  }

  /** Means something to Windows alone. */
  setAppUserModelId(): void {}

  setToastActivatorCLSID(): void {}

  setDesktopName(): void {}

  #beforeReady(name: string): void {
    if (this.#isReady) throw new Error(`app.${name}() can only be called before app is ready`)
  }
}

export const app = new App()
