import type { Dated } from './append-entry.ts'

const SOON_MS = 25

/** So many wait at most: a burst is not to be kept in memory whole. */
const MOST = 256

/** Collects what may be written together, and writes it soon: after 25 ms, before anything else, or as the process ends. */
export class Batch {
  readonly #write: (dated: Dated[]) => void
  #waiting: Dated[] = []
  #written: ((fault: unknown) => void) | undefined
  #timer: NodeJS.Timeout | undefined
  readonly #atExit = () => this.flush()

  /** @param write writes all of it or throws */
  constructor(write: (dated: Dated[]) => void) {
    this.#write = write
  }

  add(dated: Dated, written: (fault: unknown) => void): void {
    this.#waiting.push(dated)
    this.#written = written
    if (this.#waiting.length >= MOST) return this.flush()
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => this.flush(), SOON_MS)
    // A process that has nothing else to do ends, and writes it then.
    this.#timer.unref()
    process.once('exit', this.#atExit)
  }

  flush(): void {
    if (this.#waiting.length === 0) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    process.off('exit', this.#atExit)
    const [waiting, written] = [this.#waiting, this.#written]
    this.#waiting = []
    let fault: unknown
    try {
      this.#write(waiting)
    } catch (error) {
      fault = error
    }
    written?.(fault)
  }
}
