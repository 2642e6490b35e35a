import type { Writable } from 'node:stream'

/** More than this does not wait: a reader who is slow has to be noticed before much is kept for it. In characters. */
const MOST_WAITING = 64 * 1024

/** Writes lines; those of one turn of the event loop together, since each write is a call to the system. */
export class LineWriter {
  readonly #stream: Writable
  readonly #written: () => void
  #waiting = ''

  /** @param written called after each write */
  constructor(stream: Writable, written: () => void) {
    this.#stream = stream
    this.#written = written
  }

  write(line: string): void {
    if (this.#waiting === '') setImmediate(() => this.flush())
    this.#waiting += `${line}\n`
    if (this.#waiting.length > MOST_WAITING) this.flush()
  }

  /** Writes at once what waits. */
  flush(): void {
    if (this.#waiting === '') return
    const text = this.#waiting
    this.#waiting = ''
    this.#stream.write(text)
    this.#written()
  }
}
