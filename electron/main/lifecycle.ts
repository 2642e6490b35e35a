import { app } from 'electron'

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** How the app ends: once, whoever wants it, and not before everything it has started is gone. */
export class Lifecycle {
  #close: (() => Promise<void>) | undefined
  #state: 'running' | 'closing' | 'closed' = 'running'

  constructor() {
    // A tray app goes on without a window.
    app.on('window-all-closed', () => undefined)
    app.on('before-quit', event => {
      if (this.#state === 'closed') return
      event.preventDefault()
      void this.#end()
    })
    for (const signal of SIGNALS) process.on(signal, () => app.quit())
  }

  /** Windows close from now on instead of hiding. */
  get isEnding(): boolean {
    return this.#state !== 'running'
  }

  /** What has to be done before the end; called once. */
  onEnd(close: () => Promise<void>): void {
    this.#close = close
  }

  async #end(): Promise<void> {
    if (this.#state !== 'running') return
    this.#state = 'closing'
    try {
      await this.#close?.()
    } finally {
      this.#state = 'closed'
      app.quit()
    }
  }
}
