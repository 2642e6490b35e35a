import { AppError, badUrlParam, noPermission } from '../errors.ts'
import { type Exchange, idParam, isGuest, isNewer, ownParam, paging, self } from '../exchange.ts'
import { mayReadChannel, maySeeChannel, maySeePublicChannels } from '../permissions.ts'
import type { Channel } from '../records.ts'
import { jsonReply, type Reply } from '../reply.ts'
import { wireChannel, wireMembership } from '../wire/channel.ts'
import type { Route } from './routes.ts'
import { namedTeam } from './teams.ts'

export const channelRoutes: Route[] = [
  { method: 'GET', path: '/channels/{channel_id}', handler: byId },
  { method: 'GET', path: '/channels/{channel_id}/stats', handler: stats },
  { method: 'GET', path: '/channels/{channel_id}/members', handler: members },
  { method: 'GET', path: '/users/{user_id}/channels/{channel_id}/unread', handler: unread },
  { method: 'GET', path: '/teams/{team_id}/channels/name/{channel_name}', handler: byTeamIdAndName },
  { method: 'GET', path: '/teams/name/{team_name}/channels/name/{channel_name}', handler: byNames },
]

function byId(exchange: Exchange): Reply {
  const id = idParam(exchange, 'channel_id')
  if (exchange.state.settings.databaseDown) throw new AppError(500, 'app.channel.get.find.app_error')
  const channel = exchange.state.world.channels.get(id)
  if (channel === undefined) {
    throw new AppError(404, 'app.channel.get.existing.app_error', { detail: `resource: Channel id: ${id}` })
  }
  if (!maySeeChannel(exchange, channel)) throw noPermission(self(exchange).id, 'read_channel')
  return jsonReply(200, wireChannel(channel))
}

/** The channel of the route, for what needs the permission to read it: unknown is 403 here. */
function readable(exchange: Exchange): Channel {
  const id = idParam(exchange, 'channel_id')
  const channel = exchange.state.world.channels.get(id)
  if (channel === undefined || !mayReadChannel(exchange, id)) {
    throw noPermission(self(exchange).id, 'read_channel')
  }
  return channel
}

function stats(exchange: Exchange): Reply {
  const channel = readable(exchange)
  const { world } = exchange.state
  const people = [...channel.members.keys()].flatMap(id => world.people.get(id) ?? [])
  const active = people.filter(person => person.deleteAt === 0)
  const posts = world.posts.inChannel(channel.id).filter(post => post.deleteAt === 0)
  // 6.7.3 does not know exclude_files_count.
  const uncounted = isNewer(exchange) && exchange.query.get('exclude_files_count') === 'true'
  return jsonReply(200, {
    channel_id: channel.id,
    member_count: active.length,
    guest_count: active.filter(isGuest).length,
    pinnedpost_count: posts.filter(post => post.isPinned).length,
    files_count: uncounted ? -1 : posts.reduce((sum, post) => sum + post.fileIds.length, 0),
  })
}

function members(exchange: Exchange): Reply {
  const channel = readable(exchange)
  const { page, perPage } = paging(exchange.query)
  const all = [...channel.members].map(([id, member]) => wireMembership(channel.id, id, member))
  return jsonReply(200, all.slice(page * perPage, (page + 1) * perPage))
}

function unread(exchange: Exchange): Reply {
  const personId = ownParam(exchange)
  const channel = readable(exchange)
  const member = channel.members.get(personId)
  if (member === undefined) throw new AppError(404, 'app.channel.get_unread.app_error')
  return jsonReply(200, {
    team_id: channel.teamId,
    channel_id: channel.id,
    // Here the count IS the unread one, other than in the bulk list.
    msg_count: channel.totalMsgCount - member.msgCount,
    mention_count: member.mentionCount,
    mention_count_root: member.mentionCountRoot,
    ...(isNewer(exchange) ? { urgent_mention_count: 0 } : {}),
    msg_count_root: channel.totalMsgCountRoot - member.msgCountRoot,
  })
}

function byTeamIdAndName(exchange: Exchange): Reply {
  return named(exchange, idParam(exchange, 'team_id'))
}

function byNames(exchange: Exchange): Reply {
  return named(exchange, namedTeam(exchange).id)
}

function named(exchange: Exchange, teamId: string): Reply {
  // Names match in any case; direct channels are found under any team.
  const name = (exchange.params.channel_name ?? '').toLowerCase()
  if (name.length > 64) throw badUrlParam('channel_name')
  const archived = exchange.query.get('include_deleted') === 'true'
  const channel = [...exchange.state.world.channels.values()].find(known => {
    return known.name === name && ['', teamId].includes(known.teamId) && (archived || known.deleteAt === 0)
  })
  if (channel === undefined) throw missing(name)
  if (mayReadChannel(exchange, channel.id)) return jsonReply(200, wireChannel(channel))
  // A private channel that one cannot see looks like one that does not exist.
  if (channel.type !== 'O') throw missing(name)
  if (!maySeePublicChannels(exchange, channel.teamId))
    throw noPermission(self(exchange).id, 'read_public_channel')
  return jsonReply(200, wireChannel(channel))
}

function missing(name: string): AppError {
  return new AppError(404, 'app.channel.get_by_name.missing.app_error', {
    detail: `resource: Channel id: name=${name}`,
  })
}
