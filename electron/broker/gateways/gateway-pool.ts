import { availableParallelism } from 'node:os'
import { faultCode } from '../fault-code.ts'
import { hasRoomForFiles } from '../file-room.ts'
import { GatewayChild, type GatewayCommand } from './gateway-child.ts'

/** A client that has just come gets the processor for itself before the next spare is started. */
const REFILL_AFTER_MS = 400

/** A spare that ends by itself is started anew, ever more slowly. */
const RESTART_FIRST_MS = 500
const RESTART_MOST_MS = 8_000

const LOADED_WITHIN_MS = 20_000

/** Three pipes with both ends, one to hear of a failure by, and some that others open meanwhile. */
const FILES_TO_START = 16

/** So many load at the same time. */
const MOST_LOADING = Math.max(2, availableParallelism())

/** The gateways of all clients, and one spare that is loaded and waits for the next. */
export class GatewayPool {
  readonly #command: GatewayCommand
  readonly #report: (line: string) => void
  readonly #all = new Set<GatewayChild>()
  #spare: GatewayChild | undefined
  #timer: NodeJS.Timeout | undefined
  #restartMs = RESTART_FIRST_MS
  #closed = false
  #loading = 0
  #waiting: (() => void)[] = []

  constructor(command: GatewayCommand, report: (line: string) => void) {
    this.#command = command
    this.#report = report
  }

  /** Starts the first spare. */
  open(): void {
    this.#refill()
  }

  /**
   * A gateway for a client that has come; the spare where there is one. Where many come at once they wait for their
   * turn: to load takes a processor whole, and those that are there already have work for it too.
   *
   * @param isWanted whether the client is still there when its turn comes
   * @returns undefined where it is not, the pool is closed, or no process can be started
   */
  async take(isWanted: () => boolean): Promise<GatewayChild | undefined> {
    const spare = this.#spare
    this.#spare = undefined
    this.#refillIn(REFILL_AFTER_MS)
    if (spare?.isAlive) {
      this.#restartMs = RESTART_FIRST_MS
      return spare
    }
    while (this.#loading >= MOST_LOADING) await new Promise<void>(resolve => this.#waiting.push(resolve))
    const gateway = !this.#closed && isWanted() ? this.#start() : undefined
    if (gateway === undefined) this.#next()
    return gateway
  }

  /** Processes that live at this moment, the spare among them. */
  get size(): number {
    return this.#all.size
  }

  /** Ends all of them; settles once they are gone. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    for (const next of this.#waiting.splice(0)) next()
    this.#spare = undefined
    const all = [...this.#all]
    for (const child of all) child.end()
    await Promise.all(all.map(child => child.gone))
  }

  /** Undefined where the system has no room for it. */
  #start(): GatewayChild | undefined {
    const child = this.#spawn()
    if (child === undefined) return undefined
    this.#all.add(child)
    this.#loading++
    // One that hangs does not keep the others from their turn for good.
    const late = new Promise<void>(resolve => setTimeout(resolve, LOADED_WITHIN_MS).unref())
    void Promise.race([child.loaded, child.gone, late]).then(() => {
      this.#loading--
      this.#next()
    })
    void child.gone.then(() => {
      this.#all.delete(child)
      if (this.#spare !== child) return
      this.#spare = undefined
      this.#report('the spare gateway ended by itself and is started anew')
      this.#refillLater()
    })
    return child
  }

  #spawn(): GatewayChild | undefined {
    if (!hasRoomForFiles(FILES_TO_START)) {
      this.#report('a gateway could not be started: no files are left (ulimit -n)')
      return undefined
    }
    try {
      return new GatewayChild(this.#command, this.#report)
    } catch (error) {
      this.#report(`a gateway could not be started: ${faultCode(error)}`)
      return undefined
    }
  }

  #next(): void {
    this.#waiting.shift()?.()
  }

  #refillIn(milliseconds: number): void {
    clearTimeout(this.#timer)
    if (this.#closed) return
    this.#timer = setTimeout(() => this.#refill(), milliseconds)
    this.#timer.unref()
  }

  /** After a failure. */
  #refillLater(): void {
    this.#refillIn(this.#restartMs)
    this.#restartMs = Math.min(this.#restartMs * 2, RESTART_MOST_MS)
  }

  #refill(): void {
    if (this.#closed || this.#spare?.isAlive) return
    // Clients that wait come first.
    if (this.#waiting.length > 0) return this.#refillIn(REFILL_AFTER_MS)
    this.#spare = this.#start()
    if (this.#spare === undefined) this.#refillLater()
  }
}
