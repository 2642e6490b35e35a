import { KosmoError } from '../../../shared/errors.ts'
import type { Updates as UpdatesView } from '../../../shared/protocol/update-methods.ts'
import { isLookDue } from '../../../shared/updates/daily-look.ts'
import { type InTheWay, refuseInstall } from '../../../shared/updates/may-install.ts'
import { type UpdateStep, updateFailure } from '../../../shared/updates/update-failure.ts'
import type { UpdateSource } from '../../../shared/updates/update-source.ts'
import {
  mayLook,
  nextUpdateState,
  type UpdateEvent,
  type UpdateState,
} from '../../../shared/updates/update-state.ts'
import type { AppStore } from '../app-store.ts'
import { UpdateFault, type Updater } from './updater.ts'

export type UpdatesOptions = {
  source: UpdateSource
  platform: NodeJS.Platform
  store: Pick<AppStore, 'dailyLook' | 'setDailyLook'>
  /** Opened when it is needed first. */
  open(): Promise<Updater>
  now(): number
  /** What a restart would cut off, now. */
  inTheWay(): InTheWay
  /** Something of it has changed. */
  changed(): void
  /** Tells the person something, if that is possible. */
  say(title: string, body: string): void
  /** Ends the app the usual way: `finish` is called at its end. */
  quit(): void
}

/** Newer versions of this app: looked for, downloaded and installed, each when the person says so. */
export class Updates {
  readonly #options: UpdatesOptions
  #state: UpdateState
  #updater: Promise<Updater> | undefined
  /** The person wanted to install and could not. */
  #isWanted = false
  /** What is to be done at the end of the app. */
  #atEnd: { restart: boolean } | undefined

  constructor(options: UpdatesOptions) {
    this.#options = options
    const { source } = options
    this.#state = source.kind === 'own' ? { kind: 'idle' } : source
  }

  get state(): UpdateState {
    return this.#state
  }

  get view(): UpdatesView {
    return {
      state: this.#state,
      daily: this.#options.store.dailyLook().isOn,
      held: refuseInstall(this.#options.inTheWay()) ?? null,
      canWaitForQuit: this.#canWaitForQuit,
    }
  }

  /** macOS starts the app again once it has put a new one in place: who quits does not want that. */
  get #canWaitForQuit(): boolean {
    return this.#options.platform !== 'darwin'
  }

  /** Looks for a newer version, unless it is at it. What fails is told by the state. */
  async look(): Promise<void> {
    if (!mayLook(this.#state)) return
    const { store, now } = this.#options
    this.#happen({ kind: 'look' })
    store.setDailyLook({ ...store.dailyLook(), last: now() })
    await this.#try('look', async updater => {
      const found = await updater.look()
      this.#happen({ kind: 'looked', found, at: now() })
    })
  }

  /** Looks if the person wants that once a day and a day has gone by. */
  async lookIfDue(): Promise<void> {
    const { store, now } = this.#options
    const look = store.dailyLook()
    if (this.#state.kind !== 'elsewhere' && isLookDue({ ...look, now: now() })) await this.look()
  }

  setDaily(on: boolean): void {
    const { store } = this.#options
    store.setDailyLook({ ...store.dailyLook(), isOn: on })
    void this.lookIfDue()
  }

  /** Begins to download what was found; settles once that has ended, however it did. */
  async download(): Promise<void> {
    if (!this.#happen({ kind: 'download' })) return
    await this.#try('download', async updater => {
      await updater.download(percent => this.#happen({ kind: 'progress', percent }))
      this.#happen({ kind: 'downloaded' })
    })
  }

  /**
   * Installs what was downloaded: now, when the app is quit, or not at all.
   *
   * @throws KosmoError `refused` where something waits or is being sent, or where the system cannot do it then
   */
  install(when: 'now' | 'quit' | 'never'): void {
    if (this.#state.kind !== 'ready') throw new KosmoError('refused', 'There is no version to install.')
    if (when === 'quit' && !this.#canWaitForQuit) {
      throw new KosmoError(
        'refused',
        'It can wait until you quit on other systems, not on macOS. Choose to restart and install it.',
      )
    }
    if (when !== 'now') return void this.#happen({ kind: 'wait-for-quit', on: when === 'quit' })
    const held = refuseInstall(this.#options.inTheWay())
    this.#isWanted = held !== undefined
    if (held !== undefined) throw new KosmoError('refused', held)
    // After the answer, which the window would not get otherwise; what came meanwhile is looked at once more.
    setImmediate(() => void this.#installNow())
  }

  /** What was in the way may be gone: who wanted to install is told, once. */
  settled(): void {
    const { inTheWay, say, changed } = this.#options
    if (!this.#isWanted || this.#state.kind !== 'ready' || refuseInstall(inTheWay()) !== undefined) return
    this.#isWanted = false
    say(`Version ${this.#state.version} can be installed now`, 'Nothing waits and nothing is being sent.')
    changed()
  }

  /** The app begins to end. While something is in the way nothing is installed at its end, whatever was said before. */
  ending(): void {
    if (this.#atEnd !== undefined || this.#state.kind !== 'ready' || !this.#state.atQuit) return
    if (refuseInstall(this.#options.inTheWay()) === undefined) this.#atEnd = { restart: false }
  }

  /** The app has let everything go: installs, if that was said. */
  async finish(): Promise<void> {
    if (this.#atEnd === undefined) return
    const updater = await this.#open()
    await updater.install(this.#atEnd.restart).catch(() => undefined)
  }

  async #installNow(): Promise<void> {
    await this.#try('install', async updater => {
      const refusal = updater.refusal()
      if (refuseInstall(this.#options.inTheWay()) !== undefined) {
        this.#isWanted = true
        return
      }
      if (!this.#happen({ kind: 'install' })) return
      if (refusal !== undefined) throw refusal
      this.#atEnd = { restart: true }
      this.#options.quit()
    })
  }

  #open(): Promise<Updater> {
    this.#updater ??= this.#options.open()
    return this.#updater
  }

  async #try(step: UpdateStep, work: (updater: Updater) => Promise<void>): Promise<void> {
    try {
      await work(await this.#open())
    } catch (error) {
      const fault = error instanceof UpdateFault ? error : new UpdateFault('', '')
      this.#happen({ kind: 'failed', why: updateFailure(step, fault) })
    }
  }

  /** @returns whether it changed anything */
  #happen(event: UpdateEvent): boolean {
    const next = nextUpdateState(this.#state, event)
    if (next === this.#state) return false
    this.#state = next
    this.#options.changed()
    return true
  }
}
