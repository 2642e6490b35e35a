import type { Approval } from '../../../shared/approvals/approval.ts'

export type Watcher = (approvals: Approval[]) => void

/** Tells every surface that watches what waits for a person; many changes at once are told once. */
export class SurfaceHub {
  readonly #watchers = new Set<Watcher>()
  #isDue = false

  /** @returns what ends the watching */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
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
}
