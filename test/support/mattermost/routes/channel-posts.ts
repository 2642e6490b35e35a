import { AppError, badBodyParam, noPermission } from '../errors.ts'
import {
  type Exchange,
  goInt,
  idParam,
  isNewer,
  isSystemAdmin,
  notModified,
  paging,
  self,
} from '../exchange.ts'
import { isValidId } from '../ids.ts'
import { mayListPosts } from '../permissions.ts'
import type { Post } from '../records.ts'
import { jsonReply, type Reply } from '../reply.ts'
import { type PostPage, replyCount, wirePost, wirePostList } from '../wire/post.ts'
import type { Route } from './routes.ts'

export const channelPostRoutes: Route[] = [
  { method: 'GET', path: '/channels/{channel_id}/posts', handler: channelPosts },
]

// The query has this limit and no order: the database gives the rows in the order in which it finds them.
const MOST_SINCE = 1000

type Query = {
  channelId: string
  rows: readonly Post[]
  page: number
  perPage: number
  collapsed: boolean
  skipThreads: boolean
}

function channelPosts(exchange: Exchange): Reply {
  const channelId = idParam(exchange, 'channel_id')
  const { query, state } = exchange
  const cursor = { after: query.get('after') ?? '', before: query.get('before') ?? '' }
  if (cursor.after !== '' && !isValidId(cursor.after)) throw badBodyParam('after')
  if (cursor.before !== '' && !isValidId(cursor.before)) throw badBodyParam('before')
  const asked = query.get('since') ?? ''
  const since = asked === '' ? 0n : goInt(asked)
  if (since === undefined) throw badBodyParam('since')
  if (!mayListPosts(exchange, channelId)) throw noPermission(self(exchange).id, 'read_channel')
  const archived = (state.world.channels.get(channelId)?.deleteAt ?? 0) > 0
  if (archived && !state.settings.viewArchived) {
    throw new AppError(403, 'api.user.view_archived_channels.get_posts_for_channel.app_error')
  }
  const showsDeleted = isNewer(exchange) && query.get('include_deleted') === 'true'
  if (showsDeleted && !isSystemAdmin(self(exchange))) throw noPermission(self(exchange).id, 'manage_system')
  const { page, perPage, overflow } = paging(query)
  const asIs: Query = {
    channelId,
    rows: state.world.posts.inChannel(channelId).filter(post => showsDeleted || post.deleteAt === 0),
    page,
    perPage,
    collapsed: query.get('collapsedThreads') === 'true',
    skipThreads: query.get('skipFetchThreads') === 'true',
  }
  // Precedence: since, after, before, page; the others are silently ignored.
  if (since > 0n) return jsonReply(200, listed(exchange, sinceList(exchange, asIs, Number(since))))
  if (overflow) throw new AppError(500, 'app.post.get_root_posts.app_error')
  const etag = `${state.settings.version}.${newestUpdate(exchange, channelId)}`
  const unchanged = notModified(exchange, etag)
  if (unchanged !== undefined) return unchanged
  const found = cursor.after !== '' ? around(exchange, asIs, cursor.after, 'after') : undefined
  const list =
    found ??
    (cursor.before !== '' ? around(exchange, asIs, cursor.before, 'before') : onePage(exchange, asIs))
  return jsonReply(200, listed(exchange, list), { etag })
}

function listed(exchange: Exchange, page: PostPage): Record<string, unknown> {
  return wirePostList(page, isNewer(exchange) ? { first_inaccessible_post_time: 0 } : {})
}

// The same value for every page, cursor and size: the last change in the channel, deleted posts included.
function newestUpdate(exchange: Exchange, channelId: string): number {
  const { world, caches } = exchange.state
  const newest = world.posts.inChannel(channelId).reduce((max, post) => Math.max(max, post.updateAt), 0)
  if (newest > 0) return newest
  const known = caches.emptyChannelTimes.get(channelId) ?? world.now()
  caches.emptyChannelTimes.set(channelId, known)
  return known
}

function onePage(exchange: Exchange, query: Query): PostPage {
  const rows = newestFirst(query.collapsed ? roots(query.rows) : query.rows)
  const order = rows.slice(query.page * query.perPage, (query.page + 1) * query.perPage)
  const { posts } = exchange.state.world
  // Without skipFetchThreads whole threads come along, but only those of the replies on the page.
  const threads = [...new Set(order.map(post => post.rootId).filter(id => id !== ''))]
  const parents = threads.flatMap(id =>
    [posts.live(id) ?? [], query.skipThreads ? [] : posts.replies(id)].flat(),
  )
  // The query for whole threads does not compute reply_count.
  const shown = show(exchange, query, [...order, ...(query.collapsed ? [] : parents)], query.skipThreads)
  const [first, last] = [order[0], order.at(-1)]
  return { order, posts: shown, next: newerThan(query, first), prev: olderThan(query, last) }
}

function around(exchange: Exchange, query: Query, cursorId: string, side: 'before' | 'after'): PostPage {
  const { posts } = exchange.state.world
  // Any row will do as a cursor, of another channel or deleted: only its time counts, and strictly. An unknown one
  // has no time, so nothing is older or newer.
  const at = posts.row(cursorId)?.createAt ?? Number.NaN
  const rows = (query.collapsed ? roots(query.rows) : query.rows).filter(post => {
    return side === 'before' ? post.createAt < at : post.createAt > at
  })
  const near = side === 'before' ? newestFirst(rows) : rows
  const order = near.slice(query.page * query.perPage, (query.page + 1) * query.perPage)
  if (side === 'after') order.reverse()
  const threads = [...new Set(order.flatMap(post => [post.id, post.rootId]).filter(id => id !== ''))]
  const related = threads.flatMap(id =>
    [posts.live(id) ?? [], query.skipThreads ? [] : posts.replies(id)].flat(),
  )
  const shown = show(exchange, query, [...order, ...(query.collapsed ? [] : related)], true)
  const full = order.length >= query.perPage
  const [first, last] = [order[0], order.at(-1)]
  if (side === 'before') {
    const next = query.page === 0 ? cursorId : newerThan(query, first)
    return { order, posts: shown, next, prev: full ? olderThan(query, last) : '' }
  }
  const prev = query.page === 0 ? cursorId : olderThan(query, last)
  return { order, posts: shown, next: full ? newerThan(query, first) : '', prev }
}

/** Everything that changed: new posts, reactions, edits with their old versions, deleted rows; at most 1000. */
function sinceList(exchange: Exchange, query: Query, since: number): PostPage {
  const { posts } = exchange.state.world
  const changed = posts.inChannel(query.channelId).filter(post => post.updateAt > since)
  const wanted = query.collapsed ? roots(changed).filter(post => post.deleteAt === 0) : changed
  const found = [...wanted].sort((a, b) => a.rowVersion - b.rowVersion).slice(0, MOST_SINCE)
  const order = newestFirst(found.sort((a, b) => a.createAt - b.createAt || originals(b) - originals(a)))
  const parents = order.flatMap(post => posts.live(post.rootId) ?? [])
  const shown = show(exchange, query, [...order, ...(query.collapsed ? [] : parents)], query.skipThreads)
  return { order, posts: shown, next: '', prev: '' }
}

// An edited post and its old version have one time; the post comes first.
function originals(post: Post): number {
  return post.originalId === '' ? 0 : 1
}

function show(exchange: Exchange, query: Query, list: Post[], counted: boolean): PostPage['posts'] {
  const { world } = exchange.state
  const me = self(exchange).id
  return new Map(
    list.map(post => {
      const count = counted && !query.collapsed && post.deleteAt === 0 ? replyCount(world, post) : 0
      return [post.id, wirePost(world, post, query.collapsed ? { collapsedFor: me } : { replyCount: count })]
    }),
  )
}

function newestFirst(rows: readonly Post[]): Post[] {
  return [...rows].reverse()
}

function roots(rows: readonly Post[]): Post[] {
  return rows.filter(post => post.rootId === '')
}

// By time and strictly, so posts that share a millisecond with the end of the page are passed over.
function newerThan(query: Query, post: Post | undefined): string {
  if (post === undefined) return ''
  const rows = query.collapsed ? roots(query.rows) : query.rows
  return rows.find(other => other.createAt > post.createAt)?.id ?? ''
}

function olderThan(query: Query, post: Post | undefined): string {
  if (post === undefined) return ''
  const rows = query.collapsed ? roots(query.rows) : query.rows
  return rows.findLast(other => other.createAt < post.createAt)?.id ?? ''
}
