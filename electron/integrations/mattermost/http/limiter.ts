import { KosmoError } from '../../../../shared/errors.ts'

/** Requests that wait for their turn; more would only grow old in memory. */
const MAX_WAITING = 512

/** Requests at once to one server. */
const MAX_AT_ONCE = 16

/** What a server asks for beyond that is a mistake, e.g. of a proxy's clock, and no reason to be of no use until a restart. */
const LONGEST_PEACE_MS = 3_600_000

/**
 * The gate in front of one server: at most so many requests at once, and none while the server has asked for peace.
 *
 * A wait that a 429 asked for holds for everybody behind the gate, so that calls do not run into it one by one.
 */
export class Limiter {
  readonly #now: () => number
  #running = 0
  #quietUntil = 0
  readonly #waiting: (() => void)[] = []

  /** @param now monotonic milliseconds */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Milliseconds until the server may be asked again; 0 = now. */
  get quietMs(): number {
    return Math.max(0, this.#quietUntil - this.#now())
  }

  /** Nobody asks the server for the next `milliseconds`, up to an hour. */
  quiet(milliseconds: number): void {
    const peace = Math.min(milliseconds, LONGEST_PEACE_MS)
    this.#quietUntil = Math.max(this.#quietUntil, this.#now() + peace)
  }

  /** Runs `task` when there is room for it. @throws KosmoError `unavailable` where too many wait already */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#waiting.length >= MAX_WAITING) {
      throw new KosmoError(
        'unavailable',
        'Too many requests wait for the server already. Try again in a moment.',
      )
    }
    if (this.#running >= MAX_AT_ONCE) await new Promise<void>(resolve => this.#waiting.push(resolve))
    else this.#running++
    try {
      return await task()
    } finally {
      // The place goes straight to the next in line: nobody overtakes.
      const next = this.#waiting.shift()
      if (next === undefined) this.#running--
      else next()
    }
  }
}
