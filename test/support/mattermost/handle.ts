import { AppError } from './errors.ts'
import type { Exchange } from './exchange.ts'
import { limitKey, type Verdict } from './rate-limit.ts'
import { cleanedRedirect, intoSubpath } from './redirects.ts'
import { type HeaderList, type Reply, setHeader, textReply } from './reply.ts'
import type { LoggedRequest } from './request-log.ts'
import { allRoutes } from './routes/all.ts'
import { type Route, routeFinder } from './routes/routes.ts'
import { expired, presentedToken, type Session, sessionOf } from './session.ts'
import type { State } from './state.ts'
import { unknownRouteText, wireError } from './wire/error.ts'

const findRoute = routeFinder(allRoutes)
const LONGEST_URL = 2048

export type Incoming = {
  logged: LoggedRequest
  body: Buffer
  address: string
  failsAfterSave: boolean
}

/** Answers a request as the server does: limiter, redirects, route, session, limiter of the person, handler. */
export async function handle(state: State, incoming: Incoming): Promise<Reply> {
  const { logged } = incoming
  const query = new URLSearchParams(logged.query)
  const outer = limited(state, presentedToken(logged.headers, query).token, incoming.address)
  if (outer.limited) return tooMany(outer.headers)
  const reply = await routed(state, incoming, query, outer.headers)
  // What was written by the outer limiter stands first; the inner one adds its own.
  return { ...reply, headers: [...outer.headers, ...reply.headers] }
}

async function routed(
  state: State,
  incoming: Incoming,
  query: URLSearchParams,
  outer: HeaderList,
): Promise<Reply> {
  const { logged } = incoming
  const path = decoded(logged.path)
  if (path === undefined)
    return textReply(400, '400 Bad Request', [['Content-Type', 'text/plain; charset=utf-8']])
  const search = logged.query === '' ? '' : `?${logged.query}`
  const redirect = cleanedRedirect(path, search) ?? intoSubpath(logged.method, path, search, state.subpath)
  if (redirect !== undefined) return redirect
  const inside = path.slice(state.subpath.length)
  const found = findRoute(logged.method, inside)
  if (found === undefined) return unknownRoute(state, logged, path, inside)
  const requestId = state.newRequestId()
  const exchange: Exchange = {
    state,
    method: logged.method,
    path,
    query,
    headers: logged.headers,
    body: incoming.body,
    requestId,
    params: found.params,
    token: presentedToken(logged.headers, query).token,
    person: undefined,
    pass: point => state.faults.pass(point, logged),
    failsAfterSave: incoming.failsAfterSave,
  }
  const headers = apiHeaders(state, exchange)
  const inner: HeaderList = []
  try {
    const reply = await authorised(exchange, found.route, inner, outer)
    return dressed(reply, [...inner, ...headers])
  } catch (error) {
    if (error instanceof RefusedByLimiter) return dressed(tooMany([]), [...error.headers, ...headers])
    if (!(error instanceof AppError)) throw error
    const { status, text } = wireError(state, exchange, error)
    return dressed(textReply(status, text), [...inner, ...headers])
  }
}

class RefusedByLimiter extends Error {
  readonly headers: HeaderList

  constructor(headers: HeaderList) {
    super('limit exceeded')
    this.headers = headers
  }
}

async function authorised(
  exchange: Exchange,
  route: Route,
  inner: HeaderList,
  outer: HeaderList,
): Promise<Reply> {
  const { state } = exchange
  checkSize(exchange)
  const session = sessionOf(state, exchange)
  if (session.kind === 'good') exchange.person = session.person
  if (route.session !== false) {
    requireSession(exchange, session, inner)
    limitPerson(exchange, inner, outer)
    const person = exchange.person
    const lacks = state.settings.mfaRequired && person !== undefined && !person.isBot && !person.mfaActive
    // users/me is exempt, so a login check by it passes where everything else fails.
    if (lacks && route.mfa !== false) throw new AppError(403, 'api.context.mfa_required.app_error')
  }
  return route.handler(exchange)
}

function requireSession(exchange: Exchange, session: Session, headers: HeaderList): void {
  if (session.kind === 'none') throw expired('UserRequired')
  if (session.kind === 'good') return
  const path = exchange.state.subpath === '' ? '/' : exchange.state.subpath
  if (session.forget) headers.push(['Set-Cookie', `MMAUTHTOKEN=; Path=${path}; Max-Age=0; HttpOnly`])
  throw session.error
}

/** With VaryByUser a second limiter counts the person, and both write their headers. */
function limitPerson(exchange: Exchange, inner: HeaderList, outer: HeaderList): void {
  const limit = exchange.state.settings.rateLimit
  if (limit?.varyByUser !== true || exchange.person === undefined || outer.length === 0) return
  const verdict = exchange.state.caches.limiter.check(exchange.person.id, limit)
  if (verdict.limited) throw new RefusedByLimiter(verdict.headers)
  inner.push(...verdict.headers)
}

function limited(state: State, token: string, address: string): Verdict {
  const limit = state.settings.rateLimit
  if (limit === undefined) return { limited: false, headers: [] }
  return state.caches.limiter.check(limitKey(limit, token, address), limit)
}

function tooMany(headers: HeaderList): Reply {
  return textReply(429, 'limit exceeded\n', [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['X-Content-Type-Options', 'nosniff'],
    ...headers,
  ])
}

function checkSize(exchange: Exchange): void {
  const { settings } = exchange.state
  if (settings.version === '6.7.3') {
    // The reader stops at the limit, so the rest looks like broken JSON: 400, not 413.
    if (exchange.body.length > settings.maxPayloadBytes) exchange.body = Buffer.alloc(0)
    return
  }
  const url = exchange.path.length + exchange.query.toString().length
  if (url > LONGEST_URL) throw new AppError(414, 'basic_security_check.url.too_long_error')
  if (exchange.body.length > settings.maxPayloadBytes) {
    throw new AppError(413, 'api.context.request_body_too_large.app_error')
  }
}

/** The headers of every API reply; set before the handler runs, so a broken body has them as well. */
function apiHeaders(state: State, exchange: Exchange): HeaderList {
  const headers: HeaderList = [['Content-Type', 'application/json']]
  if (exchange.method === 'GET') headers.push(['Expires', '0'])
  headers.push(
    ['Vary', 'Accept-Encoding'],
    ['X-Request-Id', exchange.requestId],
    ['X-Version-Id', versionId(state)],
  )
  if (state.settings.version !== '6.7.3') headers.push(['X-Content-Type-Options', 'nosniff'])
  return headers
}

function versionId(state: State): string {
  const { version } = state.settings
  return `${version}.${version}.2a0eed0b7124a4b2a7283752d70d4913.false`
}

function dressed(reply: Reply, headers: HeaderList): Reply {
  const own = new Set(reply.headers.map(([name]) => name.toLowerCase()))
  const whole = {
    ...reply,
    headers: [...headers.filter(([name]) => !own.has(name.toLowerCase())), ...reply.headers],
  }
  if (reply.status === 304) setHeader(whole, 'Content-Type', undefined)
  return whole
}

/** 404 as text/plain for what is no route; a path outside `/api/v4` is the web client's. */
function unknownRoute(state: State, logged: LoggedRequest, path: string, inside: string): Reply {
  const ids: HeaderList = [
    ['X-Request-Id', state.newRequestId()],
    ['X-Version-Id', versionId(state)],
  ]
  const text: HeaderList = [['Content-Type', 'text/plain; charset=utf-8']]
  if (!/^\/api(\/|$)/.test(inside)) {
    const cache: HeaderList = [
      ['Cache-Control', 'no-cache, max-age=31556926, public'],
      ['X-Content-Type-Options', 'nosniff'],
    ]
    return textReply(404, '404 page not found\n', [...ids, ...text, ...cache])
  }
  // Only below /api/v4/ do the ids miss; /api/v4 itself and /api/v3 have them.
  const below = inside.startsWith('/api/v4/')
  return textReply(404, unknownRouteText(state, logged.headers, path), below ? text : [...ids, ...text])
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
