import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from './errors.ts'
import type { Person } from './records.ts'
import type { State } from './state.ts'

export type Presented = { token: string; from: 'cookie' | 'header' | 'query' | 'nothing' }

/** The token of a request: a MMAUTHTOKEN cookie wins over the header, the header over the query. */
export function presentedToken(headers: IncomingHttpHeaders, query: URLSearchParams): Presented {
  const cookie = /(?:^|;\s*)MMAUTHTOKEN=([^;]*)/.exec(headers.cookie ?? '')
  if (cookie?.[1] !== undefined && cookie[1] !== '') return { token: cookie[1], from: 'cookie' }
  const header = headers.authorization ?? ''
  if (header.length > 6 && header.slice(0, 6).toLowerCase() === 'bearer') {
    return { token: header.slice(7), from: 'header' }
  }
  if (header.length > 5 && header.slice(0, 5).toLowerCase() === 'token') {
    return { token: header.slice(6), from: 'header' }
  }
  const query_ = query.get('access_token') ?? ''
  return query_ === '' ? { token: '', from: 'nothing' } : { token: query_, from: 'query' }
}

export type Session =
  | { kind: 'none' }
  | { kind: 'good'; person: Person; token: string }
  /** `forget`: the reply tells the browser to drop its cookie. */
  | { kind: 'refused'; error: AppError; forget: boolean }

/** Who a request is from. Every refusal has the same id, whatever the reason; only a good token in the query differs. */
export function sessionOf(
  state: State,
  request: { method: string; headers: IncomingHttpHeaders; query: URLSearchParams },
): Session {
  const presented = presentedToken(request.headers, request.query)
  // 11.x truncates a token to 50 characters before looking it up.
  const token = state.settings.version === '6.7.3' ? presented.token : presented.token.slice(0, 50)
  if (presented.from === 'nothing' || token === '') return { kind: 'none' }
  const refused = (forget: boolean): Session => ({
    kind: 'refused',
    forget,
    error: expired(`token=${token}`),
  })
  const known = state.world.tokens.get(token)
  const seen = state.caches.sessions.has(token)
  if (state.settings.databaseDown && !seen) return refused(true)
  if (known === undefined || known.state !== 'good') return refused(true)
  const person = state.world.people.get(known.personId)
  if (person === undefined || person.deleteAt > 0) return refused(true)
  if (!state.settings.personalTokens && known.kind === 'personal') return refused(!seen)
  if (presented.from === 'query') {
    const detail = `token=${token}`
    return {
      kind: 'refused',
      forget: false,
      error: new AppError(401, 'api.context.token_provided.app_error', { detail }),
    }
  }
  const browser = request.headers['x-csrf-token'] ?? request.headers['x-requested-with']
  if (presented.from === 'cookie' && request.method !== 'GET' && browser === undefined) return refused(false)
  state.caches.sessions.add(token)
  state.caches.profiles.add(person.id)
  return { kind: 'good', person, token }
}

export function expired(detail: string): AppError {
  return new AppError(401, 'api.context.session_expired.app_error', { detail })
}
