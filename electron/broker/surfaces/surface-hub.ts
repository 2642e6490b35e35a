import type { Approval } from '../../../shared/approvals/approval.ts'

export type Watcher = (approvals: Approval[]) => void

/** Tells every surface that watches what has changed; many changes at once are told once. */
export class SurfaceHub {
  readonly #watchers = new Set<Watcher>()
  readonly #lookers = new Set<() => void>()
  #isDue = false
  #isLookDue = false

  /** Told of what waits for a person. @returns what ends the watching */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** Told that something has changed besides: clients, policy, accounts, grants, the audit. @returns what ends it */
  watchRest(looker: () => void): () => void {
    this.#lookers.add(looker)
    return () => this.#lookers.delete(looker)
  }

  /** @param list what waits, asked for once it is told */
  changed(list: () => Approval[]): void {
    if (this.#isDue || this.#watchers.size === 0) return
    this.#isDue = true
    setImmediate(() => {
      this.#isDue = false
      const approvals = list()
      for (const watcher of this.#watchers) watcher(approvals)
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
