import type { HeaderList } from './reply.ts'
import type { RateLimit } from './settings.ts'

export type Verdict = { limited: boolean; headers: HeaderList }

/** The generic cell rate algorithm of the server's limiter, one theoretical arrival time per key. */
export class RateLimiter {
  readonly #arrivals = new Map<string, number>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  check(key: string, limit: RateLimit): Verdict {
    const interval = 1000 / limit.perSec
    const tolerance = interval * (limit.burst + 1)
    const now = this.#now()
    const arrival = this.#arrivals.get(key) ?? now
    const next = Math.max(now, arrival) + interval
    const wait = next - tolerance - now
    const limited = wait > 0
    if (!limited) this.#arrivals.set(key, next)
    const busy = limited ? arrival - now : next - now
    const headers: HeaderList = [
      // The limit is burst + 1, not the rate.
      ['X-Ratelimit-Limit', String(limit.burst + 1)],
      ['X-Ratelimit-Remaining', String(Math.max(0, Math.floor((tolerance - busy) / interval)))],
      // Seconds from now, though the API's description speaks of an epoch.
      ['X-Ratelimit-Reset', String(Math.ceil(busy / 1000))],
    ]
    if (limited) headers.push(['Retry-After', String(Math.ceil(wait / 1000))])
    return { limited, headers }
  }
}

/** What tells two callers apart: the token if the limit varies by user, else or without one the address. */
export function limitKey(limit: RateLimit, token: string, address: string): string {
  if (limit.varyByUser === true && token !== '') return token
  return limit.varyByRemoteAddr === false ? '' : address
}
