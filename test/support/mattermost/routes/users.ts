import { AppError, badBodyParam } from '../errors.ts'
import { bodyJson, type Exchange, goInt, isGuest, self, userIdParam, withEtag } from '../exchange.ts'
import type { Person } from '../records.ts'
import { jsonReply, type Reply } from '../reply.ts'
import { userEtag, wireUser } from '../wire/user.ts'
import type { Route } from './routes.ts'

// The database refuses a query with more parameters than this.
const MOST_PARAMETERS = 65_535

export const userRoutes: Route[] = [
  { method: 'GET', path: '/users/{user_id}', handler: byId, mfa: false },
  { method: 'GET', path: '/users/{user_id}/image', handler: picture },
  { method: 'GET', path: '/users/username/{username}', handler: byUsername },
  { method: 'POST', path: '/users/ids', handler: byIds },
]

function byId(exchange: Exchange): Reply {
  const id = userIdParam(exchange)
  if (exchange.state.settings.databaseDown) {
    throw new AppError(500, 'app.user_terms_of_service.get_by_user.app_error')
  }
  const person = exchange.state.world.people.get(id)
  if (person === undefined || !maySee(exchange, person)) {
    throw new AppError(404, 'app.user.missing_account.const', { detail: `resource: User id: ${id}` })
  }
  return userReply(exchange, person)
}

/** The server draws a letter for whoever has put up no picture. */
const DRAWN = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg==',
  'base64',
)

function picture(exchange: Exchange): Reply {
  const person = exchange.state.world.people.get(userIdParam(exchange))
  if (person === undefined) throw new AppError(404, 'app.user.missing_account.const')
  return { status: 200, headers: [['Content-Type', 'image/png']], body: DRAWN }
}

function byUsername(exchange: Exchange): Reply {
  const name = exchange.params.username ?? ''
  // Not folded to lower case: upper case is a bad parameter, and "of the body" at that.
  if (!/^[a-z0-9._-]{1,64}$/.test(name)) throw badBodyParam('username')
  const person = [...exchange.state.world.people.values()].find(known => known.username === name)
  if (person === undefined) throw new AppError(404, 'app.user.get_by_username.app_error')
  return userReply(exchange, person)
}

function userReply(exchange: Exchange, person: Person): Reply {
  exchange.state.caches.profiles.add(person.id)
  const value = wireUser(person, person.id === self(exchange).id)
  return withEtag(exchange, userEtag(exchange.state.settings.version, person), value)
}

function byIds(exchange: Exchange): Reply {
  const ids = bodyJson(exchange)
  if (!isTextList(ids) || ids.length === 0) throw badBodyParam('user_ids')
  const since = exchange.query.get('since')
  if (since !== null && goInt(since) === undefined) throw badBodyParam('since')
  const { world, settings } = exchange.state
  if (settings.databaseDown || ids.length > MOST_PARAMETERS) {
    throw new AppError(500, 'app.user.get_profiles.app_error')
  }
  const people = inServerOrder(exchange, ids).flatMap(id => world.people.get(id) ?? [])
  const shown = people.filter(person => person.updateAt > Number(since ?? 0) && maySee(exchange, person))
  return jsonReply(
    200,
    shown.map(person => wireUser(person, false)),
    { bare: true },
  )
}

/**
 * Those whom the server remembers come first, as asked and as often as asked; the others by name. Unknown and
 * malformed ids are silently missing.
 */
function inServerOrder(exchange: Exchange, ids: string[]): string[] {
  const { caches, world } = exchange.state
  const name = (id: string): string => world.people.get(id)?.username ?? ''
  const known = ids.filter(id => caches.profiles.has(id))
  const others = [...new Set(ids)].filter(id => world.people.has(id) && !caches.profiles.has(id))
  for (const id of others) caches.profiles.add(id)
  return [...known, ...others.sort((a, b) => (name(a) < name(b) ? -1 : 1))]
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string')
}

/** Guests see only those with whom they share a channel; everybody else sees everybody. */
function maySee(exchange: Exchange, person: Person): boolean {
  const me = self(exchange)
  if (!isGuest(me) || person.id === me.id) return true
  const channels = [...exchange.state.world.channels.values()]
  return channels.some(channel => channel.members.has(me.id) && channel.members.has(person.id))
}
