import { setImmediate } from 'node:timers/promises'

/** A clock that only goes on where it is told to, or where somebody sleeps by it. */
export class VirtualClock {
  #now: number
  #due: { at: number; run: () => void }[] = []

  constructor(start = Date.UTC(2026, 0, 5, 9)) {
    this.#now = start
  }

  readonly now = (): number => this.#now
  readonly monotonic = (): number => this.#now
  readonly sleep = (milliseconds: number): Promise<void> => this.advance(milliseconds)

  /** Runs something once that much time has passed. */
  after(milliseconds: number, run: () => void): void {
    this.#due.push({ at: this.#now + milliseconds, run })
    this.#due.sort((a, b) => a.at - b.at)
  }

  /** Lets time pass; what falls due on the way happens at its own time and is waited for. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds
    for (;;) {
      const [next] = this.#due
      if (next === undefined || next.at > until) break
      this.#due.shift()
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await breathe()
    }
    this.#now = Math.max(this.#now, until)
    await breathe()
  }
}

/** Lets everybody in this process go on who can. */
export async function breathe(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await setImmediate()
}
