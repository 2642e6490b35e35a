import { AppError, badUrlParam, noPermission } from '../errors.ts'
import { type Exchange, idParam, isGuest, isSystemAdmin, ownParam, self } from '../exchange.ts'
import { maySeeTeam } from '../permissions.ts'
import type { Team } from '../records.ts'
import { jsonReply, type Reply } from '../reply.ts'
import { wireTeam } from '../wire/team.ts'
import type { Route } from './routes.ts'

export const teamRoutes: Route[] = [
  { method: 'GET', path: '/users/{user_id}/teams', handler: teamsOfPerson },
  { method: 'GET', path: '/teams/{team_id}', handler: byId },
  { method: 'GET', path: '/teams/name/{team_name}', handler: byName },
]

function teamsOfPerson(exchange: Exchange): Reply {
  const id = ownParam(exchange)
  if (exchange.state.settings.databaseDown) throw new AppError(500, 'app.team.get_all.app_error')
  const teams = [...exchange.state.world.teams.values()].filter(team => team.members.has(id))
  return jsonReply(
    200,
    teams.map(team => view(exchange, team)),
    { bare: true },
  )
}

function byId(exchange: Exchange): Reply {
  const id = idParam(exchange, 'team_id')
  const team = exchange.state.world.teams.get(id)
  if (team === undefined) {
    throw new AppError(404, 'app.team.get.find.app_error', { detail: `resource: Team id: ${id}` })
  }
  return shown(exchange, team)
}

function byName(exchange: Exchange): Reply {
  return shown(exchange, namedTeam(exchange))
}

/** The team of the route's name, in any case; 404 if there is none, before any question of permission. */
export function namedTeam(exchange: Exchange): Team {
  const name = (exchange.params.team_name ?? '').toLowerCase()
  if (!/^[a-z0-9]+([a-z\-0-9]+|(__)?)[a-z0-9]+$/.test(name)) throw badUrlParam('team_name')
  const team = [...exchange.state.world.teams.values()].find(known => known.name === name)
  if (team === undefined) throw new AppError(404, 'app.team.get_by_name.missing.app_error')
  return team
}

function shown(exchange: Exchange, team: Team): Reply {
  const inviting = team.type === 'O' && team.allowOpenInvite
  if (!inviting && !maySeeTeam(exchange, team)) throw noPermission(self(exchange).id, 'view_team')
  return jsonReply(200, view(exchange, team))
}

function view(exchange: Exchange, team: Team): Record<string, unknown> {
  const me = self(exchange)
  const admin = isSystemAdmin(me) || team.members.get(me.id)?.admin === true
  return wireTeam(team, { email: admin, invite: admin || (team.members.has(me.id) && !isGuest(me)) })
}
