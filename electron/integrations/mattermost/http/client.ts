import { setTimeout as sleep } from 'node:timers/promises'
import { KosmoError } from '../../../../shared/errors.ts'
import type { ServerUrl } from '../../../../shared/mattermost/server-url.ts'
import { hasTooManyParts } from './count-parts.ts'
import type { Exchange, Exchanger } from './exchange.ts'
import { type Answer, readAnswer, retryAfterSeconds } from './read-answer.ts'
import type { Route } from './route.ts'
import { ServerGate } from './server-gate.ts'
import type { Method } from './transport.ts'
import { TOO_LARGE } from './transport-fault.ts'

export type Query = Record<string, string | number | boolean | undefined>

export type ReadOptions = {
  query?: Query
  /** Makes it a POST; only for routes that change nothing (`/users/ids`). */
  body?: unknown
  signal: AbortSignal
  /** The longest answer that is taken, where that is less than usual. */
  maxBytes?: number
}

/** What came of a write that cannot be taken back. */
export type WriteResult =
  | { kind: 'json'; json: unknown }
  /** The server did not do it: it said so, or never got it. */
  | { kind: 'not-done'; error: KosmoError }
  /** It may have been done: the answer was lost, cut or not the server's own. */
  | { kind: 'unknown'; error: KosmoError }

const DEADLINES: Deadlines = { read: 20_000, write: 15_000, look: 5_000 }
const MAX_ATTEMPTS = 3
const MAX_BYTES = 16 * 1024 * 1024
const WORTH_RETRYING = new Set([500, 502, 503, 504])

export type ClientOptions = {
  server: ServerUrl
  token: string
  exchanger: Exchanger
  /** A proxy stands before the server, so that what fails may be it. */
  behindProxy?: boolean
  random(): number
  deadlines?: Deadlines
}

/** In milliseconds. */
export type Deadlines = {
  /** For one read with all its tries. */
  read: number
  write: number
  /** For one look at whether a post is there: a server that hangs is told of before who waits gives up. */
  look: number
}

/** Mattermost's REST API of one server for one token: reads are tried again, writes never. */
export class MattermostClient {
  readonly server: ServerUrl
  readonly #headers: Record<string, string>
  readonly #exchanger: Exchanger
  readonly #gate: ServerGate
  readonly #random: () => number
  readonly #token: string
  readonly #behindProxy: boolean
  readonly #deadlines: Deadlines
  #clock: { serverTime: number; at: number } | undefined

  constructor(options: ClientOptions) {
    this.server = options.server
    this.#random = options.random
    this.#token = options.token
    this.#behindProxy = options.behindProxy === true
    this.#deadlines = options.deadlines ?? DEADLINES
    this.#exchanger = options.exchanger
    this.#gate = new ServerGate(options.server, this.#exchanger, () => performance.now())
    this.#headers = {
      authorization: `Bearer ${options.token}`,
      // Error texts are localised; ids are what we read, but logs of the server should be in one language.
      'accept-language': 'en',
      'user-agent': 'KosmoKrator-desktop',
    }
  }

  /** GETs (or POSTs `body` to) a route that changes nothing and returns its JSON. @throws KosmoError */
  async read(route: Route, options: ReadOptions): Promise<unknown> {
    const answer = await this.#answerOf(route, options)
    const read = readAnswer(answer, this.server.label)
    if (read.kind === 'error') throw await this.#gate.judge(read.error)
    return read.json
  }

  /** Like `read`, but gives the answer as it came, whatever its status, for the one route that breaks its JSON. */
  async readRaw(route: Route, options: ReadOptions): Promise<Answer> {
    return this.#answerOf(route, options)
  }

  /** What an error of `readRaw` really means: see `ServerGate.judge`. */
  judge(error: KosmoError): Promise<KosmoError> {
    return this.#gate.judge(error)
  }

  /** POSTs once. Never tried again here: whether a second time is safe is for the caller to find out. */
  async write(
    route: Route,
    options: { query?: Query; body: unknown; signal: AbortSignal },
  ): Promise<WriteResult> {
    const until = performance.now() + this.#deadlines.write
    let exchange: Exchange
    try {
      await this.#waitForPeace(until, options.signal)
      exchange = await this.#gate.admit(() => this.#once('POST', route, this.#deadlines.write, options))
    } catch (error) {
      // Not let out: nothing was sent.
      if (error instanceof KosmoError) return { kind: 'not-done', error }
      throw error
    }
    this.#gate.settle(exchange)
    if (exchange.kind === 'fault') {
      const error = this.#faultError(exchange)
      return exchange.sent ? { kind: 'unknown', error } : { kind: 'not-done', error }
    }
    // The post's own answer goes first: where it says nothing of a wait, nobody is made to.
    if (exchange.status === 429 && exchange.headers['retry-after'] !== undefined) this.#keepPeace(exchange)
    const read = readAnswer(exchange, this.server.label)
    if (read.kind === 'json') return read
    const refused =
      read.understood && exchange.status >= 400 && (exchange.status < 500 || exchange.status === 501)
    return refused
      ? { kind: 'not-done', error: await this.#gate.judge(read.error) }
      : { kind: 'unknown', error: read.error }
  }

  /** Of one look at whether a post is there, in milliseconds. */
  get lookMs(): number {
    return this.#deadlines.look
  }

  /** The server's time in milliseconds by its own clock, reckoned on from its last answer; none before the first. */
  serverTime(): number | undefined {
    return this.#clock && this.#clock.serverTime + (performance.now() - this.#clock.at)
  }

  /** Opens a connection for later calls, without the token. Never fails. */
  async ping(): Promise<void> {
    await this.#gate.ping()
  }

  close(): void {
    void this.#exchanger.close()
  }

  /** The last answer to a read that was worth trying again, within one deadline for all tries. */
  async #answerOf(route: Route, options: ReadOptions): Promise<Answer> {
    const method = options.body === undefined ? 'GET' : 'POST'
    const until = performance.now() + this.#deadlines.read
    for (let attempt = 1; ; attempt++) {
      await this.#waitForPeace(until, options.signal)
      const left = Math.max(1, until - performance.now())
      const exchange = await this.#gate.admit(() => this.#once(method, route, left, options))
      const waitMs = attempt < MAX_ATTEMPTS ? this.#waitBeforeRetry(exchange, attempt) : undefined
      if (waitMs === undefined || performance.now() + waitMs >= until) {
        this.#gate.settle(exchange)
        if (exchange.kind === 'fault') throw this.#faultError(exchange)
        return exchange
      }
      await pause(waitMs, options.signal)
    }
  }

  async #once(method: Method, route: Route, deadlineMs: number, options: ReadOptions): Promise<Exchange> {
    const body = options.body === undefined ? undefined : JSON.stringify(options.body)
    const exchange = await this.#exchanger.exchange({
      method,
      url: `${this.server.base}/api/v4${route}${queryText(options.query)}`,
      headers: { ...this.#headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      body,
      signal: options.signal,
      deadlineMs,
      maxBytes: options.maxBytes ?? MAX_BYTES,
    })
    if (exchange.kind !== 'answer') return exchange
    this.#noteTime(exchange.headers.date)
    if (hasTooManyParts(exchange.body)) return { kind: 'fault', fault: TOO_LARGE, sent: true }
    return withoutToken(exchange, this.#token)
  }

  #noteTime(date: string | undefined): void {
    const serverTime = Date.parse(date ?? '')
    if (Number.isFinite(serverTime)) this.#clock = { serverTime, at: performance.now() }
  }

  /** Milliseconds to wait before the next try; undefined where another try makes no sense. */
  #waitBeforeRetry(exchange: Exchange, attempt: number): number | undefined {
    const jitter = this.#random() * 250 * 2 ** attempt
    if (exchange.kind === 'fault') {
      return exchange.fault.kind === 'unreachable' || exchange.fault.kind === 'broken' ? jitter : undefined
    }
    if (exchange.status === 429) return this.#keepPeace(exchange) + jitter
    return WORTH_RETRYING.has(exchange.status) ? jitter : undefined
  }

  /** Has everybody wait as long as a 429 asks for; gives the milliseconds. */
  #keepPeace({ headers }: Answer): number {
    const waitMs = retryAfterSeconds(headers['retry-after'], Date.now()) * 1000
    this.#gate.quiet(waitMs)
    return waitMs
  }

  async #waitForPeace(until: number, signal: AbortSignal): Promise<void> {
    const waitMs = this.#gate.quietMs
    if (waitMs === 0) return
    if (performance.now() + waitMs >= until) {
      const seconds = Math.ceil(waitMs / 1000)
      throw new KosmoError(
        'rate_limited',
        `${this.server.label} has had too many requests and asks to wait ${seconds} seconds. Try again after that.`,
        { status: 429 },
      )
    }
    await pause(waitMs, signal)
  }

  #faultError({ fault }: Extract<Exchange, { kind: 'fault' }>): KosmoError {
    if (fault.proxyStatus !== undefined) {
      const facts = { status: fault.proxyStatus }
      return new KosmoError(
        FAULT_CODES[fault.kind],
        `The proxy before ${this.server.label} ${fault.sentence}`,
        facts,
      )
    }
    const proxy = this.#behindProxy && fault.kind !== 'cancelled' ? ', or the proxy before it,' : ''
    const who = `The Mattermost server at ${this.server.label}${proxy}`
    return new KosmoError(FAULT_CODES[fault.kind], `${who} ${fault.sentence}`)
  }
}

/**
 * An answer with our own token blacked out, wherever it stands: servers in developer mode and proxies that mirror
 * requests send it back, and what we quote of an answer ends up before a model.
 */
function withoutToken<T extends Answer>(answer: T, token: string): T {
  const inHeaders = Object.values(answer.headers).some(value => value.includes(token))
  const inBody = answer.body.includes(token)
  if (!inHeaders && !inBody) return answer
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name, value.replaceAll(token, '[token]')]),
  )
  const body = Buffer.from(answer.body.toString('latin1').replaceAll(token, '[token]'), 'latin1')
  return { ...answer, headers, body }
}

const FAULT_CODES = {
  cancelled: 'cancelled',
  deadline: 'timeout',
  unreachable: 'network',
  broken: 'network',
  tls: 'tls',
  'bad-body': 'bad_response',
  'too-large': 'bad_response',
  refused: 'network',
} as const

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal })
  } catch {
    throw new KosmoError('cancelled', 'The call was cancelled.')
  }
}

function queryText(query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  if (given.length === 0) return ''
  return `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()}`
}
