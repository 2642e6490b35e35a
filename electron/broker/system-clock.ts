import type { Clock } from './approvals/clock.ts'

/** The clock of this machine. Its timers do not keep a process alive. */
export const systemClock: Clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  setTimer(ms, run) {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
