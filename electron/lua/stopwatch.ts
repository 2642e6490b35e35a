/** Time that runs only while the script does, and calls `over` once it is used up. */
export type Stopwatch = {
  start(): void
  stop(): void
  /** All of the time is there again. */
  reset(): void
}

/** @param limit milliseconds @param now monotonic milliseconds */
export function makeStopwatch(limit: number, now: () => number, over: () => void): Stopwatch {
  let used = 0
  let since: number | undefined
  let timer: NodeJS.Timeout | undefined
  const stop = () => {
    clearTimeout(timer)
    if (since !== undefined) used += now() - since
    since = undefined
  }
  return {
    start() {
      stop()
      since = now()
      timer = setTimeout(over, Math.max(0, limit - used))
    },
    stop,
    reset() {
      stop()
      used = 0
    },
  }
}
