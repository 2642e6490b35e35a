import { type Exchange, isGuest, isNewer, isSystemAdmin, self } from './exchange.ts'
import type { Channel, Team } from './records.ts'

/** Whether the session may read a channel's content. Unknown channels may not be read, so they are 403, not 404. */
export function mayReadChannel(exchange: Exchange, channelId: string): boolean {
  // With the database down no permission of a channel can be looked up: 403 for everything (seen on 6.7.3).
  if (exchange.state.settings.databaseDown) return false
  const channel = exchange.state.world.channels.get(channelId)
  const me = self(exchange)
  if (isSystemAdmin(me)) return channel !== undefined
  return channel?.members.has(me.id) ?? false
}

/** Whether the session may see the open channels of a team. */
export function maySeePublicChannels(exchange: Exchange, teamId: string): boolean {
  const me = self(exchange)
  if (isSystemAdmin(me)) return true
  return !isGuest(me) && (exchange.state.world.teams.get(teamId)?.members.has(me.id) ?? false)
}

/** Whether the session may see that a channel exists and what it is about: members, and for open ones the team. */
export function maySeeChannel(exchange: Exchange, channel: Channel): boolean {
  if (mayReadChannel(exchange, channel.id)) return true
  return (
    channel.type === 'O' &&
    !exchange.state.settings.databaseDown &&
    maySeePublicChannels(exchange, channel.teamId)
  )
}

/** Whether the session may list a channel's posts: 11.x lets the team read open channels that it has not joined. */
export function mayListPosts(exchange: Exchange, channelId: string): boolean {
  if (mayReadChannel(exchange, channelId)) return true
  const channel = exchange.state.world.channels.get(channelId)
  return isNewer(exchange) && channel !== undefined && maySeeChannel(exchange, channel)
}

export function mayPost(exchange: Exchange, channelId: string): boolean {
  if (!mayReadChannel(exchange, channelId)) return false
  const channel = exchange.state.world.channels.get(channelId)
  const me = self(exchange)
  if (channel?.readOnly !== true) return true
  return isSystemAdmin(me) || channel.members.get(me.id)?.admin === true
}

export function maySeeTeam(exchange: Exchange, team: Team): boolean {
  const me = self(exchange)
  return isSystemAdmin(me) || team.members.has(me.id)
}
