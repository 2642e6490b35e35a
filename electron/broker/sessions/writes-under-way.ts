/** A call ends within 45 s; a gateway that is gone by then tells nothing any more. */
const FORGOTTEN_AFTER_MS = 60_000

/** Outcomes after which it is known that nothing of a write is on its way. Others may be those of another call. */
const ENDS: ReadonlySet<string> = new Set(['ok', 'unknown_outcome'])

/**
 * Writes that were let go and have not come back. Where it is not clear whether one has, it counts for a minute: who asks
 * wants to know that nothing is cut off.
 */
export class WritesUnderWay {
  readonly #monotonic: () => number
  /** When each was let go, oldest first. */
  #released: { session: string; at: number }[] = []

  /** @param monotonic milliseconds that only go forward */
  constructor(monotonic: () => number) {
    this.#monotonic = monotonic
  }

  get count(): number {
    const since = this.#monotonic() - FORGOTTEN_AFTER_MS
    this.#released = this.#released.filter(({ at }) => at > since)
    return this.#released.length
  }

  /** A session sends something from now on. */
  released(session: string): void {
    this.#released.push({ session, at: this.#monotonic() })
  }

  /** A write of a session has ended. */
  ended(session: string, outcome: string): void {
    if (!ENDS.has(outcome)) return
    const at = this.#released.findIndex(each => each.session === session)
    if (at !== -1) this.#released.splice(at, 1)
  }
}
