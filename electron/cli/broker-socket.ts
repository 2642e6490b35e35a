import { connect, type Socket } from 'node:net'
import { socketOwner } from '../broker/socket-owner.ts'
import { LineSplitter } from '../broker/wire/line-splitter.ts'

/** How a connection ended, or why there was none. */
export type SocketEnd =
  | { kind: 'nobody' }
  | { kind: 'fault'; code: string }
  | { kind: 'lost' }
  | { kind: 'garbage' }

export type SocketEvents = {
  connected(): void
  line(text: string): void
  /** Everything that was written has left. */
  drained(): void
  /** Comes once, and nothing after it; not after `close`. */
  ended(end: SocketEnd): void
}

/** The longest line of the broker: its longest results, with much to spare. */
const MAX_LINE_BYTES = 16 * 1024 * 1024

/** The longest path of a socket, on macOS; Linux has four more. */
const MAX_ADDRESS_BYTES = 103

const ANOTHER_USER = 'it belongs to another user'

const DECODER = new TextDecoder()

/** One connection to the broker, in lines. */
export class BrokerSocket {
  readonly #socket: Socket | undefined
  readonly #events: SocketEvents
  #isConnected = false
  #isOver = false

  constructor(address: string, events: SocketEvents) {
    this.#events = events
    const owner = socketOwner(address)
    if (owner !== 'ours') {
      // To see that no socket is there is quicker than to try it.
      const end: SocketEnd = owner === 'nobody' ? { kind: 'nobody' } : { kind: 'fault', code: ANOTHER_USER }
      process.nextTick(() => this.#end(end))
      return
    }
    const lines = new LineSplitter(
      MAX_LINE_BYTES,
      line => {
        if (!this.#isOver) events.line(DECODER.decode(line))
      },
      () => this.#end({ kind: 'garbage' }),
    )
    this.#socket = connect(address)
    this.#socket
      .on('connect', () => {
        this.#isConnected = true
        if (!this.#isOver) events.connected()
      })
      .on('data', (chunk: Buffer) => lines.push(chunk))
      .on('drain', () => {
        if (!this.#isOver) events.drained()
      })
      .on('end', () => this.#end({ kind: 'lost' }))
      .on('close', () => this.#end({ kind: 'lost' }))
      .on('error', (error: NodeJS.ErrnoException) => {
        this.#end(this.#isConnected ? { kind: 'lost' } : whyNot(error.code ?? 'unknown', address))
      })
  }

  /** Bytes that have not left yet. */
  get backlog(): number {
    return this.#isOver ? 0 : (this.#socket?.writableLength ?? 0)
  }

  write(line: string): void {
    if (!this.#isOver) this.#socket?.write(`${line}\n`)
  }

  /** Nothing is read while it is paused. */
  setPaused(paused: boolean): void {
    if (paused) this.#socket?.pause()
    else this.#socket?.resume()
  }

  /** Ends it from this side, after what was written. */
  close(): void {
    this.#isOver = true
    this.#socket?.destroySoon()
  }

  /** The other side speaks nonsense: nothing more is read from it. */
  refuse(): void {
    this.#end({ kind: 'garbage' })
  }

  #end(end: SocketEnd): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#socket?.destroy()
    this.#events.ended(end)
  }
}

function whyNot(code: string, address: string): SocketEnd {
  // A socket file that nobody listens on refuses.
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return { kind: 'nobody' }
  // No broker can listen at a path that is too long for any.
  if (code === 'EINVAL' && Buffer.byteLength(address) > MAX_ADDRESS_BYTES) return { kind: 'nobody' }
  // Its queue is full: there is a broker, and it is busy.
  if (code === 'EAGAIN') return { kind: 'lost' }
  return { kind: 'fault', code }
}
