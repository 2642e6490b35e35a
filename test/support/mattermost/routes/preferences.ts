import { AppError } from '../errors.ts'
import { type Exchange, ownParam } from '../exchange.ts'
import type { Preference } from '../records.ts'
import { jsonReply, type Reply } from '../reply.ts'
import type { Route } from './routes.ts'

export const preferenceRoutes: Route[] = [
  { method: 'GET', path: '/users/{user_id}/preferences', handler: all },
  { method: 'GET', path: '/users/{user_id}/preferences/{category}', handler: ofCategory },
  { method: 'GET', path: '/users/{user_id}/preferences/{category}/name/{preference_name}', handler: one },
]

function all(exchange: Exchange): Reply {
  return jsonReply(200, ofPerson(exchange).map(wirePreference))
}

function ofCategory(exchange: Exchange): Reply {
  const found = ofPerson(exchange).filter(known => known.category === exchange.params.category)
  if (found.length === 0) throw new AppError(404, 'api.preference.preferences_category.get.app_error')
  return jsonReply(200, found.map(wirePreference))
}

function one(exchange: Exchange): Reply {
  const { category, preference_name: name } = exchange.params
  const found = ofPerson(exchange).find(known => known.category === category && known.name === name)
  if (found === undefined) throw new AppError(400, 'app.preference.get.app_error')
  return jsonReply(200, wirePreference(found))
}

function ofPerson(exchange: Exchange): Preference[] {
  const id = ownParam(exchange)
  return exchange.state.world.preferences.filter(known => known.personId === id)
}

function wirePreference(known: Preference): Record<string, unknown> {
  return { user_id: known.personId, category: known.category, name: known.name, value: known.value }
}
