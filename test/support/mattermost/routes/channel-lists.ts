import { AppError, badUrlParam, noPermission } from '../errors.ts'
import { type Exchange, goInt, idParam, ownParam, self, withEtag } from '../exchange.ts'
import { goJson } from '../go-json.ts'
import { maySeeTeam } from '../permissions.ts'
import type { Channel } from '../records.ts'
import { jsonReply, type Reply, textReply } from '../reply.ts'
import { channelListEtag, wireChannel, wireMembership } from '../wire/channel.ts'
import { wireError } from '../wire/error.ts'
import type { Route } from './routes.ts'

// The server streams the list in pieces of this many.
const PIECE = 100

export const channelListRoutes: Route[] = [
  { method: 'GET', path: '/users/{user_id}/channels', handler: streamedList },
  { method: 'GET', path: '/users/{user_id}/teams/{team_id}/channels', handler: listOfTeam },
  { method: 'GET', path: '/users/{user_id}/teams/{team_id}/channels/members', handler: membershipsOfTeam },
]

/**
 * The list that the server streams: an opening bracket, pieces of 100, a closing bracket. An error comes after the
 * bracket has been written, so the body is broken; whether the status can still say so depends on gzip, which holds
 * the first bytes back.
 */
function streamedList(exchange: Exchange): Reply {
  const id = ownParam(exchange)
  const { settings } = exchange.state
  const channels = settings.databaseDown ? [] : ofPerson(exchange, id).sort((a, b) => (a.id < b.id ? -1 : 1))
  const objects = channels.map(channel => `${goJson(wireChannel(channel))}\n`)
  const failed = new AppError(500, 'app.channel.get_channels.get.app_error')
  if (channels.length === 0)
    return brokenStream(exchange, '[', settings.databaseDown ? failed : noChannels(id))
  if (settings.streamFailsAfter100 && channels.length > PIECE) {
    // The piece ends in a line feed; no comma, no bracket.
    return brokenStream(exchange, `[${objects.slice(0, PIECE).join(',')}`, failed)
  }
  return { ...textReply(200, `[${objects.join(',')}]`), streamed: true }
}

function brokenStream(exchange: Exchange, before: string, error: AppError): Reply {
  const body = before + wireError(exchange.state, exchange, error).text
  const held = before.length < exchange.state.settings.gzipFromBytes && acceptsGzip(exchange)
  return { ...textReply(held ? error.status : 200, body), streamed: true }
}

function acceptsGzip(exchange: Exchange): boolean {
  return exchange.state.settings.gzip && /\bgzip\b/.test(String(exchange.headers['accept-encoding'] ?? ''))
}

function listOfTeam(exchange: Exchange): Reply {
  const [id, teamId] = [ownParam(exchange), idParam(exchange, 'team_id')]
  const channels = ofPerson(exchange, id).filter(channel => ['', teamId].includes(channel.teamId))
  requireTeam(exchange, teamId)
  if (channels.length === 0) throw noChannels(id)
  channels.sort((a, b) => (a.displayName < b.displayName ? -1 : a.displayName > b.displayName ? 1 : 0))
  const etag = channelListEtag(exchange.state.settings.version, channels)
  return withEtag(exchange, etag, channels.map(wireChannel))
}

function membershipsOfTeam(exchange: Exchange): Reply {
  const [id, teamId] = [ownParam(exchange), idParam(exchange, 'team_id')]
  requireTeam(exchange, teamId)
  const channels = [...exchange.state.world.channels.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const members = channels.flatMap(channel => {
    const member = channel.members.get(id)
    const listed = channel.deleteAt === 0 && ['', teamId].includes(channel.teamId)
    return listed && member !== undefined ? [wireMembership(channel.id, id, member)] : []
  })
  return jsonReply(200, members)
}

function requireTeam(exchange: Exchange, teamId: string): void {
  const team = exchange.state.world.teams.get(teamId)
  const admin = self(exchange).roles.split(' ').includes('system_admin')
  const allowed = team === undefined ? admin : maySeeTeam(exchange, team)
  if (!allowed) throw noPermission(self(exchange).id, 'view_team')
}

function noChannels(personId: string): AppError {
  const detail = `resource: Channel id: userId=${personId}`
  return new AppError(404, 'app.channel.get_channels.not_found.app_error', { detail })
}

function ofPerson(exchange: Exchange, id: string): Channel[] {
  const archived = exchange.query.get('include_deleted') === 'true'
  const asked = exchange.query.get('last_delete_at')
  const since = asked === null ? 0n : goInt(asked)
  if (since === undefined || since < 0n) throw badUrlParam('last_delete_at')
  return [...exchange.state.world.channels.values()].filter(channel => {
    if (!channel.members.has(id)) return false
    return channel.deleteAt === 0 || (archived && channel.deleteAt >= since)
  })
}
