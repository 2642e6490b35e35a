/** Time as a parameter. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds that only go forward, whatever somebody does to the clock. */
  monotonic(): number
  /** Runs something later, once; what comes back prevents it. */
  setTimer(ms: number, run: () => void): () => void
}
