import type { Clock } from '../../../electron/broker/approvals/clock.ts'

type Timer = { at: number; run: () => void }

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now = 1_800_000_000_000
  readonly #timers = new Set<Timer>()

  now(): number {
    return this.#now
  }

  monotonic(): number {
    return this.#now
  }

  setTimer(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), run }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  get timers(): number {
    return this.#timers.size
  }

  /** Lets time pass; every timer runs at its moment. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const due = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (due === undefined) break
      this.#timers.delete(due)
      this.#now = Math.max(this.#now, due.at)
      due.run()
    }
    this.#now = end
  }

  /** The machine sleeps: time passes and no timer runs. */
  sleep(ms: number): void {
    this.#now += ms
  }
}
