import type { OpenCall } from './open-exchanges.ts'

type Waiting = { call: OpenCall; line: string; timer: NodeJS.Timeout }

/** Calls that have not been sent, because there is no broker to send them to yet. */
export class WaitingCalls {
  readonly #waiting = new Map<string, Waiting>()
  #length = 0

  get size(): number {
    return this.#waiting.size
  }

  /** Characters that are kept here. */
  get length(): number {
    return this.#length
  }

  /** Keeps a call for at most `ms`; then it is taken out and `late` is called. */
  add(call: OpenCall, line: string, ms: number, late: () => void): void {
    const timer = setTimeout(() => {
      if (this.take(call.id)) late()
    }, ms)
    this.#waiting.set(call.id, { call, line, timer })
    this.#length += line.length
  }

  /** Takes one out; false where it is not here. */
  take(id: unknown): boolean {
    const waiting = typeof id === 'string' ? this.#waiting.get(id) : undefined
    if (waiting === undefined) return false
    clearTimeout(waiting.timer)
    this.#waiting.delete(waiting.call.id)
    this.#length -= waiting.line.length
    return true
  }

  /** Takes all out, in the order in which they came. */
  takeAll(): { call: OpenCall; line: string }[] {
    const all = [...this.#waiting.values()]
    for (const { call } of all) this.take(call.id)
    return all
  }
}
