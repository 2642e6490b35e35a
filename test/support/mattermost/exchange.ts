import type { IncomingHttpHeaders } from 'node:http'
import { badUrlParam, noPermission } from './errors.ts'
import type { HoldPoint } from './faults.ts'
import { decodeFirst } from './go-json.ts'
import { isValidId } from './ids.ts'
import type { Person } from './records.ts'
import { jsonReply, type Reply } from './reply.ts'
import type { State } from './state.ts'

/** A request on its way through a handler. */
export type Exchange = {
  state: State
  method: string
  /** Decoded, with the subpath. */
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
  requestId: string
  params: Record<string, string>
  token: string
  /** Undefined on routes that need no session, when there is none. */
  person: Person | undefined
  /** Waits at a point inside the handler if a test holds this request there. */
  pass: (point: HoldPoint) => Promise<void>
  failsAfterSave: boolean
}

export type Handler = (exchange: Exchange) => Reply | Promise<Reply>

/** The person whose session this is. */
export function self(exchange: Exchange): Person {
  if (exchange.person === undefined) throw new Error('this route was registered without a session')
  return exchange.person
}

/** An id from the route, 400 if it has not the form of one. */
export function idParam(exchange: Exchange, name: string): string {
  const id = exchange.params[name] ?? ''
  if (!isValidId(id)) throw badUrlParam(name)
  return id
}

/** The `user_id` of the route with `me` resolved; 400 unless it is an id. */
export function userIdParam(exchange: Exchange): string {
  return exchange.params.user_id === 'me' ? self(exchange).id : idParam(exchange, 'user_id')
}

/** For routes below `users/{id}` that show what belongs to one person: 403 for everybody else but admins. */
export function ownParam(exchange: Exchange): string {
  const id = userIdParam(exchange)
  const me = self(exchange)
  if (id !== me.id && !isSystemAdmin(me)) throw noPermission(me.id, 'edit_other_users')
  return id
}

export function isSystemAdmin(person: Person): boolean {
  return person.roles.split(' ').includes('system_admin')
}

export function isGuest(person: Person): boolean {
  return person.roles.split(' ').includes('system_guest')
}

/** The JSON of the body, undefined if it is none. */
export function bodyJson(exchange: Exchange): unknown {
  return decodeFirst(exchange.body.toString('utf8'))
}

/** `page` and `per_page` as the server reads them: bad or negative is the default, more than 200 is 200, 0 is 0. */
export function paging(query: URLSearchParams): { page: number; perPage: number; overflow: boolean } {
  const page = goInt(query.get('page')) ?? 0n
  const perPage = goInt(query.get('per_page')) ?? 60n
  const size = perPage < 0n ? 60n : perPage > 200n ? 200n : perPage
  const from = page < 0n ? 0n : page
  // The offset is a 64 bit product: a huge page makes it negative, which the database refuses.
  return { page: Number(from), perPage: Number(size), overflow: BigInt.asIntN(64, from * size) < 0n }
}

/** A whole number of 64 bits as Go's Atoi reads it. */
export function goInt(text: string | null): bigint | undefined {
  if (text === null || !/^[+-]?\d+$/.test(text)) return undefined
  const value = BigInt(text.replace('+', ''))
  return BigInt.asIntN(64, value) === value ? value : undefined
}

/** 304 when If-None-Match is exactly the ETag, else undefined: no lists, no `*`. */
export function notModified(exchange: Exchange, etag: string): Reply | undefined {
  if (exchange.headers['if-none-match'] !== etag) return undefined
  return { status: 304, headers: [['Etag', etag]], body: Buffer.alloc(0) }
}

/** The reply with its ETag, or 304 if the client has it already. */
export function withEtag(exchange: Exchange, etag: string, value: unknown): Reply {
  return notModified(exchange, etag) ?? jsonReply(200, value, { etag })
}

export function isNewer(exchange: Exchange): boolean {
  return exchange.state.settings.version !== '6.7.3'
}
