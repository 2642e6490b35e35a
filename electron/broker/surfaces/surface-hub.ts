/** Tells every surface that watches what has changed; many changes at once are told once. */
export class SurfaceHub {
  readonly #watchers = new Set<() => void>()
  readonly #lookers = new Set<() => void>()
  #isDue = false
  #isLookDue = false

  /** Told that what waits for a person has changed; what waits is read where it is needed. @returns what ends the watching */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** Told that something has changed besides: clients, policy, accounts, grants, the audit. @returns what ends it */
  watchRest(looker: () => void): () => void {
    this.#lookers.add(looker)
    return () => this.#lookers.delete(looker)
  }

  changed(): void {
    if (this.#isDue || this.#watchers.size === 0) return
    this.#isDue = true
    setImmediate(() => {
      this.#isDue = false
      for (const watcher of this.#watchers) watcher()
    })
  }

  restChanged(): void {
    if (this.#isLookDue || this.#lookers.size === 0) return
    this.#isLookDue = true
    setImmediate(() => {
      this.#isLookDue = false
      for (const looker of this.#lookers) looker()
    })
  }
}
