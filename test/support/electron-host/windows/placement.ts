import type { PageHost } from './page-host.ts'
import { hasDisplay, type XWindow, xWindowOf } from './x-window.ts'

let last = 0

/** Where a window is: on the display if there is one, else in Chromium's memory alone. Its steps run one by one. */
export class Placement {
  readonly #onActive: (isActive: boolean) => void
  #host: PageHost | undefined
  #windowId: number | undefined
  #xWindow: XWindow | undefined
  readonly #adopted = Promise.withResolvers<void>()
  #steps: Promise<void> = this.#adopted.promise

  /** @param onActive told whenever the window gets or loses the keyboard; never where there is no display */
  constructor(onActive: (isActive: boolean) => void) {
    this.#onActive = onActive
  }

  /** Takes over the window of a new page. */
  async adopt(
    host: PageHost,
    { visible, bounds }: { visible: boolean; bounds: Electron.Rectangle },
  ): Promise<void> {
    const { windowId } = await host.session.send('Browser.getWindowForTarget')
    this.#host = host
    this.#windowId = windowId
    this.#xWindow = hasDisplay()
      ? await xWindowOf(host.page, `electron-host-window-${process.pid}-${++last}`)
      : undefined
    this.#xWindow?.onActive(this.#onActive)
    if (!visible) await this.#xWindow?.unmap()
    await this.#setBounds(bounds)
    this.#adopted.resolve()
  }

  show(): Promise<void> {
    return this.#step(async () => this.#xWindow?.map())
  }

  hide(): Promise<void> {
    return this.#step(async () => this.#xWindow?.unmap())
  }

  activate(): Promise<void> {
    return this.#step(async () => this.#xWindow?.activate())
  }

  setBounds(bounds: Electron.Rectangle): Promise<void> {
    return this.#step(() => this.#setBounds(bounds))
  }

  async #setBounds({ x: left, y: top, width, height }: Electron.Rectangle): Promise<void> {
    if (this.#windowId === undefined) return
    const bounds = { left, top, width, height }
    await this.#host?.session.send('Browser.setWindowBounds', { windowId: this.#windowId, bounds })
  }

  #step(work: () => Promise<void> | undefined): Promise<void> {
    // A window may be closed before its turn.
    this.#steps = this.#steps.then(work).catch(() => undefined)
    return this.#steps
  }
}
