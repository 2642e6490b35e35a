import { Duplex } from 'node:stream'

const HEAD_END = '\r\n\r\n'

/** A connection to nowhere that answers each request by its path: everything of HTTP runs, nothing leaves the process. */
export class MadeUpConnection extends Duplex {
  readonly #answer: (path: string) => unknown
  #received = ''

  /** @param answer the JSON for a path; undefined is 404 */
  constructor(answer: (path: string) => unknown) {
    super()
    this.#answer = answer
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#received += chunk.toString('latin1')
    const end = this.#received.indexOf(HEAD_END)
    const head = this.#received.slice(0, end)
    const length = Number(/\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
    if (end !== -1 && this.#received.length >= end + HEAD_END.length + length) {
      this.#received = ''
      this.push(this.#reply(/^\S+ ([^\s?]*)/.exec(head)?.[1] ?? ''))
    }
    done()
  }

  #reply(path: string): string {
    const json = this.#answer(path)
    // ASCII, so that its length is that of its bytes.
    const body = JSON.stringify(json ?? {}).replace(/[^ -~]/g, '?')
    const lines = [
      `HTTP/1.1 ${json === undefined ? '404 Not Found' : '200 OK'}`,
      'Content-Type: application/json',
      'X-Request-Id: rehearsal',
      'Date: Thu, 01 Jan 1970 00:00:00 GMT',
      `Content-Length: ${body.length}`,
    ]
    return lines.join('\r\n') + HEAD_END + body
  }

  // What node:http asks of a socket.
  setKeepAlive = (): this => this
  setNoDelay = (): this => this
  setTimeout = (): this => this
  ref = (): this => this
  unref = (): this => this
}
