import { AppError, badBodyParam, noPermission } from '../errors.ts'
import { bodyJson, type Exchange, isNewer, isSystemAdmin, self } from '../exchange.ts'
import { isValidId } from '../ids.ts'
import type { Person } from '../records.ts'
import { jsonReply, type Reply } from '../reply.ts'
import { wireChannel } from '../wire/channel.ts'
import type { Route } from './routes.ts'

export const directRoutes: Route[] = [{ method: 'POST', path: '/channels/direct', handler: createDirect }]

/** Makes the direct channel of two people or gives the one they have, with 201 in both cases. */
function createDirect(exchange: Exchange): Reply {
  const ids = bodyJson(exchange)
  if (!Array.isArray(ids) || ids.length !== 2) throw badBodyParam('user_ids')
  for (const id of ids) if (!isValidId(String(id))) throw badBodyParam('user_id')
  const me = self(exchange)
  if (!ids.includes(me.id) && !isSystemAdmin(me)) throw noPermission(me.id, 'create_direct_channel')
  const { world, settings } = exchange.state
  const [one, other] = ids.map(id => world.people.get(String(id)))
  if (one === undefined || other === undefined) {
    throw new AppError(400, 'api.channel.create_direct_channel.invalid_user.app_error')
  }
  if (isNewer(exchange) && settings.restrictDirectMessage === 'team' && !together(exchange, one, other)) {
    throw new AppError(403, 'api.channel.create_channel.direct_channel.team_restricted_error')
  }
  return jsonReply(201, wireChannel(world.directChannel(one, other)))
}

function together(exchange: Exchange, one: Person, other: Person): boolean {
  const teams = [...exchange.state.world.teams.values()]
  return (
    one.isBot || other.isBot || teams.some(team => team.members.has(one.id) && team.members.has(other.id))
  )
}
