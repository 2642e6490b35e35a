const LINE_FEED = 10

/**
 * Cuts a byte stream into lines in linear time.
 *
 * A line longer than `maxBytes` is dropped whole and reported once, as soon as it is too long; reading goes on at
 * the next line. Lines are given without their line feed; `\r` and byte order marks are the parser's business.
 */
export class LineSplitter {
  readonly #maxBytes: number
  readonly #onLine: (line: Buffer) => void
  readonly #onTooLong: () => void
  #pieces: Buffer[] = []
  #length = 0
  #skipping = false

  constructor(maxBytes: number, onLine: (line: Buffer) => void, onTooLong: () => void) {
    this.#maxBytes = maxBytes
    this.#onLine = onLine
    this.#onTooLong = onTooLong
  }

  push(chunk: Buffer): void {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      this.#take(chunk.subarray(start, end))
      this.#endLine()
      start = end + 1
    }
    if (start < chunk.length) this.#take(chunk.subarray(start))
  }

  #take(piece: Buffer): void {
    if (this.#skipping) return
    this.#length += piece.length
    if (this.#length > this.#maxBytes) {
      this.#pieces = []
      this.#skipping = true
      this.#onTooLong()
    } else if (piece.length > 0) {
      this.#pieces.push(piece)
    }
  }

  #endLine(): void {
    const [first] = this.#pieces
    const line = this.#pieces.length === 1 && first !== undefined ? first : Buffer.concat(this.#pieces)
    const skipped = this.#skipping
    this.#pieces = []
    this.#length = 0
    this.#skipping = false
    if (!skipped) this.#onLine(line)
  }
}
