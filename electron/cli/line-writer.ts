import type { Writable } from 'node:stream'

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
