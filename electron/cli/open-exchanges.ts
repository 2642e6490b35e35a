import { isObject, type Params, type RequestId } from '../gateway/stdio/json-rpc.ts'

/** A call that the broker owes an answer. */
export type OpenCall = { id: string; tool: string }

/**
 * What is open between the client and a gateway behind the broker.
 *
 * A gateway's requests get ids of our own, which no other gateway's have: each counts from 0, and an answer to the form
 * of one that ended must not be taken for an answer to the form of the next.
 */
export class OpenExchanges {
  readonly #calls = new Map<string, OpenCall>()
  readonly #requests = new Map<RequestId, RequestId>()
  #lastRequest = 0

  addCall(call: OpenCall): void {
    this.#calls.set(call.id, call)
  }

  /** Takes a call out, answered or given up. False where it was not open: then nothing may be answered. */
  settleCall(id: unknown): boolean {
    return typeof id === 'string' && this.#calls.delete(id)
  }

  /** The id under which the client sees a request of the gateway. */
  addRequest(theirs: RequestId): RequestId {
    const ours = `k${++this.#lastRequest}`
    this.#requests.set(ours, theirs)
    return ours
  }

  /** The gateway's own id of a request that the client has answered; undefined where nobody waits for it. */
  settleRequest(ours: unknown): RequestId | undefined {
    if (typeof ours !== 'string') return undefined
    const theirs = this.#requests.get(ours)
    this.#requests.delete(ours)
    return theirs
  }

  /** Params of a gateway's `notifications/cancelled`, for the client; undefined where nothing is open under that id. */
  cancelRequest(params: Params | undefined): Params | undefined {
    if (!isObject(params)) return undefined
    const open = [...this.#requests].find(([, theirs]) => theirs === params.requestId)
    if (open === undefined) return undefined
    this.#requests.delete(open[0])
    return { ...params, requestId: open[0] }
  }

  /** Takes everything out that a gateway had open. */
  takeAll(): { calls: OpenCall[]; requests: RequestId[] } {
    const all = { calls: [...this.#calls.values()], requests: [...this.#requests.keys()] }
    this.#calls.clear()
    this.#requests.clear()
    return all
  }
}
