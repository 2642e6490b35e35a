/** Failures in a row after which the server is left alone. */
const FAILURES = 5
/** How long it is left alone: at first, and at most, doubling with each further failure. In milliseconds. */
const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 60_000

/**
 * Keeps calls from a server that does not work, so that a hundred of them do not each wait for their deadline.
 *
 * After five failures in a row it opens for a while; then one call may try, and the others wait for how that goes.
 */
export class CircuitBreaker {
  readonly #now: () => number
  #failures = 0
  #openUntil = 0
  #trying = false

  /** @param now monotonic milliseconds */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Milliseconds until the server may be tried again; 0 = this call may. */
  get openForMs(): number {
    if (this.#failures < FAILURES) return 0
    const left = this.#openUntil - this.#now()
    if (left > 0) return left
    return this.#trying ? FIRST_PAUSE_MS : 0
  }

  /** A call goes out; where the circuit was open it is the one that tries, and asks how the server is first. */
  begin(): 'go' | 'probe' {
    if (this.#failures < FAILURES) return 'go'
    this.#trying = true
    return 'probe'
  }

  /** The server answered, whatever it said. */
  succeed(): void {
    this.#failures = 0
    this.#trying = false
  }

  /** The server did not answer, or said that it does not work. */
  fail(): void {
    // It went out before the others failed: sixteen at once are one failure, not a reason to wait for a minute.
    if (this.#failures >= FAILURES && !this.#trying) return
    this.#failures++
    this.#trying = false
    const times = this.#failures - FAILURES
    if (times >= 0) this.#openUntil = this.#now() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** times)
  }

  /** The try is over, whether or not it told anything about the server. */
  abandon(): void {
    this.#trying = false
  }
}
