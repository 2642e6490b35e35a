/** What one side has not taken yet: above this, nothing more is read from the other. In bytes. */
export const MAX_UNREAD_BYTES = 8 * 1024 * 1024

/** Stops a source while anything that it feeds is full. */
export class Brake {
  readonly #source: { pause(): unknown; resume(): unknown }
  readonly #full = new Set<string>()

  constructor(source: { pause(): unknown; resume(): unknown }) {
    this.#source = source
  }

  /** Says of one of them whether it is full. */
  set(what: string, full: boolean): void {
    if (this.#full.has(what) === full) return
    if (full) this.#full.add(what)
    else this.#full.delete(what)
    if (this.#full.size > 0) this.#source.pause()
    else this.#source.resume()
  }
}
