import type { QueueWindow } from '../../shared/approvals/queue-window.ts'
import type { WindowAttention } from '../../shared/desktop/attention.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { SurfaceHandlers } from '../../shared/protocol/surface-methods.ts'
import type { Broker } from '../broker/broker.ts'
import type { AppStore } from './app-store.ts'
import { AppWindow } from './app-window.ts'
import { throttled } from './throttle.ts'

/** A page that gets much at once has little time for the person. */
const TOLD_EVERY_MS = 30

export type ApprovalWindowOptions = {
  broker: Broker
  store: AppStore
  isEnding(): boolean
  /** The person does not want to see it now. */
  onPutOff(): void
}

/** The window in which a person decides. Hiding it decides nothing; it is the truth that notifications point at. */
export class ApprovalWindow {
  readonly window: AppWindow
  /** What its page may call of the broker. */
  readonly handlers: SurfaceHandlers
  readonly #broker: Broker
  #stopWatching: (() => void) | undefined
  /** What its page has drawn while nobody could see it. */
  #drawn: readonly string[] = []
  /** Requests that the person has asked for, oldest or not. */
  readonly #wanted = new Set<string>()

  constructor({ broker, store, isEnding, onPutOff }: ApprovalWindowOptions) {
    this.#broker = broker
    this.window = new AppWindow({
      kind: 'approval-window',
      page: 'approval',
      size: { width: 560, height: 640, minWidth: 480, minHeight: 400 },
      store,
      hidesOnClose: () => !isEnding(),
      onGone: () => this.#pageGone(),
      onHidden: onPutOff,
      onShown: () => this.#reportDrawn(),
    })
    const handlers = broker.surface('approval-window', true, () => this.#watch())
    this.handlers = {
      ...handlers,
      watchApprovals: async () => {
        await handlers.watchApprovals({})
        return this.#waiting()
      },
      reportShown: ({ ids }) => {
        // Electron tells a page that it is visible before its window ever was.
        this.#drawn = ids
        if (this.window.isVisible) this.#reportDrawn()
        return null
      },
      answer: given => {
        if (this.window.isVisible) return handlers.answer(given)
        throw new KosmoError('forbidden', 'Nobody can see this window, so nothing is decided in it.')
      },
    }
  }

  get attention(): WindowAttention {
    if (!this.window.isVisible) return 'hidden'
    return this.window.isFocused ? 'focused' : 'visible'
  }

  /** Shows it on a request, or on whichever is first, with the focus: somebody has clicked for it. */
  review(id: string | undefined): void {
    this.window.show(true)
    const { listing } = this.#broker.state.approvals
    if (id === undefined || listing.find(id) === undefined) return
    this.#wanted.add(id)
    this.#tell()
    this.window.send('focusApproval', { id })
  }

  #watch(): void {
    if (this.#stopWatching !== undefined) return
    const { approvals } = this.#broker.state
    const stop = this.#broker.hub.watch(throttled(TOLD_EVERY_MS, () => this.#tell()))
    approvals.surfaceOpened('approval-window')
    this.#stopWatching = () => {
      stop()
      approvals.surfaceClosed('approval-window')
    }
  }

  #tell(): void {
    if (this.#stopWatching !== undefined) this.window.send('approvalsChanged', this.#waiting())
  }

  #waiting(): QueueWindow {
    const { listing } = this.#broker.state.approvals
    for (const id of this.#wanted) if (listing.find(id) === undefined) this.#wanted.delete(id)
    return listing.window(this.#wanted)
  }

  #pageGone(): void {
    this.#drawn = []
    this.#stopWatching?.()
    this.#stopWatching = undefined
  }

  #reportDrawn(): void {
    const ids = this.#drawn
    this.#drawn = []
    if (ids.length > 0) this.#broker.state.approvals.shown(ids, 'approval-window')
  }
}
