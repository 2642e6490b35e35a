import { AppError, badBodyParam, noPermission } from '../errors.ts'
import { bodyJson, type Exchange, idParam, isNewer, isSystemAdmin, self } from '../exchange.ts'
import type { Channel, Post } from '../records.ts'
import { jsonReply, type Reply, setHeader } from '../reply.ts'
import { matchesTerms, readTerms, type Terms } from '../search-terms.ts'
import { replyCount, wirePost, wirePostList } from '../wire/post.ts'
import type { Route } from './routes.ts'

// The database search has this limit whatever per_page says.
const MOST_FOUND = 100

export const searchRoutes: Route[] = [
  { method: 'POST', path: '/posts/search', handler: exchange => search(exchange, undefined) },
  {
    method: 'POST',
    path: '/teams/{team_id}/posts/search',
    handler: exchange => search(exchange, idParam(exchange, 'team_id')),
  },
]

function search(exchange: Exchange, teamId: string | undefined): Reply {
  const { settings, world } = exchange.state
  const me = self(exchange)
  if (settings.busy) throw new AppError(503, 'api.context.server_busy.app_error')
  const team = teamId === undefined ? undefined : world.teams.get(teamId)
  if (teamId !== undefined && team?.members.has(me.id) !== true && !isSystemAdmin(me)) {
    throw noPermission(me.id, 'view_team')
  }
  const body = bodyJson(exchange)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AppError(400, 'api.post.search_posts.invalid_body.app_error')
  }
  const asked = new Map<string, unknown>(Object.entries(body))
  const text = asked.get('terms')
  if (typeof text !== 'string' || text === '') throw badBodyParam('terms')
  if (!settings.searchEnabled) throw new AppError(501, 'store.sql_post.search.disabled')
  const terms = readTerms(
    text,
    asked.get('is_or_search') === true,
    Number(asked.get('time_zone_offset') ?? 0),
  )
  // Paging is for search engines; the database search has one page.
  const later = Number(asked.get('page') ?? 0) > 0
  const found = later ? [] : find(exchange, terms, teamId, asked.get('include_deleted_channels') === true)
  const posts = new Map(
    found.map(post => [post.id, wirePost(world, post, { replyCount: replyCount(world, post) })]),
  )
  const more = isNewer(exchange) ? { first_inaccessible_post_time: 0 } : {}
  const reply = jsonReply(
    200,
    wirePostList({ order: found, posts, next: '', prev: '' }, { ...more, matches: null }),
  )
  setHeader(reply, 'Cache-Control', 'no-cache, no-store, must-revalidate')
  return reply
}

function find(
  exchange: Exchange,
  terms: Terms | undefined,
  teamId: string | undefined,
  archived: boolean,
): Post[] {
  if (terms === undefined) return []
  const { world } = exchange.state
  const me = self(exchange).id
  const mine = [...world.channels.values()].filter((channel: Channel) => {
    const inTeam = teamId === undefined || ['', teamId].includes(channel.teamId)
    return channel.members.has(me) && inTeam && (archived || channel.deleteAt === 0)
  })
  const found = mine.flatMap(channel => {
    return world.posts.inChannel(channel.id).filter(post => {
      if (post.deleteAt > 0 || post.type.startsWith('system_')) return false
      return matchesTerms(terms, post, channel.name, world.people.get(post.userId)?.username ?? '')
    })
  })
  return found.sort((a, b) => b.createAt - a.createAt).slice(0, MOST_FOUND)
}
