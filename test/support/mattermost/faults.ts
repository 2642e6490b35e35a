import type { HeaderList, Reply } from './reply.ts'
import type { LoggedRequest } from './request-log.ts'

export type Matcher = ((request: LoggedRequest) => boolean) | { method?: string; path: RegExp }

/** Faults that replace the reply. With `at: 'afterHandler'` the handler has done its work and only the reply is lost. */
export type ReplacingFault =
  | { kind: 'reply'; status: number; headers?: HeaderList; body?: string | Buffer }
  | { kind: 'neverAnswer' }
  /** The connection ends politely without a byte. */
  | { kind: 'halfClose' }
  | { kind: 'resetBeforeHeaders' }
  /** Any bytes at all; each piece is a write of its own. */
  | { kind: 'raw'; pieces: (string | Buffer)[]; ending: 'end' | 'reset' | 'leaveOpen' }
  /** A header line that never ends. */
  | { kind: 'slowHeaders'; everyMs: number }
  | { kind: 'gzipBomb'; bytes: number }
  /** A body without an end, as fast as it is read or one piece every so many milliseconds. */
  | { kind: 'endlessBody'; everyMs?: number }

/** Faults that alter a reply: the handler's, or an empty 200 when `at` is `beforeHandler`. */
export type AlteringFault =
  | { kind: 'change'; change: (reply: Reply, request: LoggedRequest) => Reply }
  | { kind: 'changeJson'; change: (body: unknown, request: LoggedRequest) => unknown }
  | { kind: 'resetMidBody' }
  /** Content-Length promises this many bytes more than come. */
  | { kind: 'shortBody'; missing: number }
  | { kind: 'gzip'; how: 'truncated' | 'corrupt' }
  /** `really`: the body is encoded so, in this order; otherwise the header lies. */
  | { kind: 'encodings'; names: ('gzip' | 'deflate' | 'br')[]; really: boolean }
  | { kind: 'slowBody'; everyMs: number; pieceBytes: number }
  | { kind: 'badChunk' }
  | { kind: 'hugeHeader'; bytes: number }
  | { kind: 'manyHeaders'; count: number }
  | { kind: 'informational'; status: 100 | 103; count: number }
  /** HTTP/1.0 without a length: the body ends where the connection does. */
  | { kind: 'http10' }
  /** HTTP/0.9: a body and nothing else. */
  | { kind: 'http09' }
  /** A whole reply, then the connection closes unannounced, as an idle one does. */
  | { kind: 'closeAfterReply' }

/** Faults inside the server. */
export type InnerFault =
  | { kind: 'delay'; ms: number }
  /** A post is saved, then the server fails and forgets its pending_post_id (reference, 1.8 hole 6b). */
  | { kind: 'failAfterSave' }
  /** The connection breaks as soon as the request is there, and the server works on: nobody hears how it ended. */
  | { kind: 'cutEarly' }

export type Fault = ReplacingFault | AlteringFault | InnerFault

export type FaultRule = {
  match: Matcher
  /** How many requests it meets; default 1. */
  times?: number
  /** Default: `beforeHandler` (nothing was done) for faults that replace the reply, `afterHandler` for altering ones. */
  at?: 'beforeHandler' | 'afterHandler'
  fault: Fault
}

/** Where a request can be held: the last two are inside POST /posts. */
export type HoldPoint = 'beforeHandler' | 'afterHandler' | 'pendingCheck' | 'beforeSave'

export type Gate = {
  /** Resolves with the first request that stands at the gate. */
  arrived: Promise<LoggedRequest>
  /** How many stand or stood there. */
  count: () => number
  /** Lets all through, now and later. */
  release: () => void
  /** Lets later ones through; those that stand here never go on, as if their server had ended. */
  abandon: () => void
}

type Hold = {
  match: Matcher
  point: HoldPoint
  open: Promise<void>
  count: number
  announce: (request: LoggedRequest) => void
}

/** What goes wrong, and when: rules meet requests in the order in which they were pushed. */
export class FaultLayer {
  #rules: { rule: FaultRule; left: number }[] = []
  #holds: Hold[] = []

  push(...rules: FaultRule[]): void {
    this.#rules.push(...rules.map(rule => ({ rule, left: rule.times ?? 1 })))
  }

  /** Pauses every matching request at a point until it is released. */
  hold(match: Matcher, point: HoldPoint = 'beforeHandler'): Gate {
    const arrival = Promise.withResolvers<LoggedRequest>()
    const opening = Promise.withResolvers<void>()
    const hold: Hold = { match, point, open: opening.promise, count: 0, announce: arrival.resolve }
    this.#holds.push(hold)
    const abandon = (): void => {
      this.#holds = this.#holds.filter(other => other !== hold)
    }
    const release = (): void => {
      abandon()
      opening.resolve()
    }
    return { arrived: arrival.promise, count: () => hold.count, release, abandon }
  }

  clear(): void {
    this.#rules = []
  }

  /** The rule that this request meets, used up by one. */
  take(request: LoggedRequest): FaultRule | undefined {
    const met = this.#rules.find(({ rule, left }) => left > 0 && matches(rule.match, request))
    if (met === undefined) return undefined
    met.left--
    return met.rule
  }

  /** Waits at a point if somebody holds this request there. */
  async pass(point: HoldPoint, request: LoggedRequest): Promise<void> {
    for (const hold of this.#holds.filter(other => other.point === point && matches(other.match, request))) {
      hold.count++
      hold.announce(request)
      await hold.open
    }
  }
}

function matches(matcher: Matcher, request: LoggedRequest): boolean {
  if (typeof matcher === 'function') return matcher(request)
  return (matcher.method ?? request.method) === request.method && matcher.path.test(request.path)
}
