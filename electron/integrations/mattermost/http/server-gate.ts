import { KosmoError } from '../../../../shared/errors.ts'
import type { ServerUrl } from '../../../../shared/mattermost/server-url.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import type { Exchange, Exchanger } from './exchange.ts'
import { Limiter } from './limiter.ts'

const PROBE_DEADLINE_MS = 5_000
/** How long a refused token is not shown again. */
const TOKEN_PAUSE_MS = 30_000
const NEVER = new AbortController().signal

/** What stands between our calls and one server: how many at once, when not at all, and what its refusals mean. */
export class ServerGate {
  readonly #server: ServerUrl
  readonly #exchanger: Exchanger
  readonly #now: () => number
  readonly #limiter: Limiter
  readonly #breaker: CircuitBreaker
  #refused: { error: KosmoError; until: number } | undefined

  /** @param now monotonic milliseconds */
  constructor(server: ServerUrl, exchanger: Exchanger, now: () => number) {
    this.#server = server
    this.#exchanger = exchanger
    this.#now = now
    this.#limiter = new Limiter(now)
    this.#breaker = new CircuitBreaker(now)
  }

  /** Milliseconds for which the server has asked for peace; 0 = none. */
  get quietMs(): number {
    return this.#limiter.quietMs
  }

  quiet(milliseconds: number): void {
    this.#limiter.quiet(milliseconds)
  }

  /** Lets a request out where the server takes any now. @throws KosmoError where it does not */
  async admit(send: () => Promise<Exchange>): Promise<Exchange> {
    this.#checkOpen()
    return this.#limiter.run(async () => {
      // Those before it in the line may have found out that nothing works.
      this.#checkOpen()
      if (this.#breaker.begin() === 'probe') {
        this.settle(await this.ping())
        this.#breaker.abandon()
        this.#checkOpen()
      }
      return send()
    })
  }

  /**
   * What a refusal really means. With its database gone the server takes a good token for a bad one and lets nobody do
   * anything, so it is asked how it is. A token that is refused is not shown again for a while: some servers lock out.
   */
  async judge(error: KosmoError): Promise<KosmoError> {
    const doubtful =
      error.code === 'unauthorized' || error.facts.serverError === 'api.context.permissions.app_error'
    if (!doubtful) return error
    const health = await this.ping(true)
    if (health.kind === 'answer' && health.status === 500 && health.body.includes('UNHEALTHY')) {
      const why = `${this.#server.label} has lost its database and refuses everything. The token may well be good; try again later.`
      return new KosmoError('unavailable', why, error.facts)
    }
    if (error.code === 'unauthorized') this.#refused = { error, until: this.#now() + TOKEN_PAUSE_MS }
    return error
  }

  #checkOpen(): void {
    if (this.#refused !== undefined && this.#refused.until > this.#now()) throw this.#refused.error
    const pauseMs = this.#breaker.openForMs
    if (pauseMs === 0) return
    const seconds = Math.ceil(pauseMs / 1000)
    throw new KosmoError(
      'unavailable',
      `${this.#server.label} has failed several times in a row and is left alone for ${seconds} more seconds. Try again after that.`,
    )
  }

  /** Notes how a request went, after its last try. One that was cancelled tells nothing. */
  settle(exchange: Exchange): void {
    if (exchange.kind === 'answer') {
      if (exchange.status >= 500 && exchange.status !== 501) this.#breaker.fail()
      else this.#breaker.succeed()
    } else if (['deadline', 'unreachable', 'broken'].includes(exchange.fault.kind)) {
      this.#breaker.fail()
    }
  }

  /** Asks the server how it is, without the token. */
  ping(withStatus = false): Promise<Exchange> {
    return this.#exchanger.exchange({
      method: 'GET',
      url: `${this.#server.base}/api/v4/system/ping${withStatus ? '?get_server_status=true' : ''}`,
      headers: {},
      signal: NEVER,
      deadlineMs: PROBE_DEADLINE_MS,
      maxBytes: 65_536,
    })
  }
}
