/*
 * V8's settings for a gateway: one runs for each client, for hours, and does a few calls. Measured on Node 20 to 26. All
 * are set while it runs, because flags at the start make Node compile its own code anew, and one that a newer V8 does
 * not know would end the process.
 */

/** So many calls at once are a program's, not a model's: it waits for the last of them. */
const MANY_AT_ONCE = 8

/** Before that, compiling would take more time than it gives. */
const MANY_CALLS = 100

/**
 * When V8 looks whether a function is worth compiling: after 100 calls of it, not 3,000; Node 20 counts what its
 * interpreter runs. Neither knows the other's flag. A function has the count from its first calls on.
 */
const LOOK_EARLY =
  Number(process.versions.node.split('.')[0]) >= 22
    ? '--invocation-count-for-turbofan=100'
    : '--interrupt-budget=20000'

/**
 * Keeps this process small, at the price of some speed: V8 would let the space for new objects grow to 64 MB, and its
 * compilers keep megabytes for themselves, the one in the middle, on Node 24 and newer, 30 of them.
 */
export function keepHeapSmall(): void {
  set('--semi-space-growth-factor=1')
  set('--no-maglev')
  set(LOOK_EARLY)
  set('--no-opt')
}

/** Lets go of some of that for who has so much to do that speed is worth it. */
export class Pace {
  #calls = 0
  #atOnce = 0
  #isBusy = false

  callStarted(): void {
    if (++this.#calls === MANY_CALLS) set('--opt')
    if (++this.#atOnce < MANY_AT_ONCE || this.#isBusy) return
    this.#isBusy = true
    set('--semi-space-growth-factor=2')
  }

  /** Calls that have no answer yet. */
  get atOnce(): number {
    return this.#atOnce
  }

  callEnded(): void {
    this.#atOnce--
  }
}

/** Loaded only here: the start of a client is not to wait for it. */
function set(flag: string): void {
  process.getBuiltinModule('node:v8').setFlagsFromString(flag)
}
