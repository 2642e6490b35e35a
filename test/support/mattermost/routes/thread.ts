import { AppError, badBodyParam } from '../errors.ts'
import { type Exchange, goInt, isNewer, self, withEtag } from '../exchange.ts'
import { isValidId } from '../ids.ts'
import type { Post } from '../records.ts'
import type { Reply } from '../reply.ts'
import { replyCount, wirePost, wirePostList } from '../wire/post.ts'

type Query = {
  perPage: number
  direction: string
  fromPost: string
  fromCreateAt: number
  collapsed: boolean
  skipThreads: boolean
}

/** The thread of any of its posts. The asked post stands first in `order` and, in 6.7.3, once more at its place. */
export function thread(exchange: Exchange, asked: Post): Reply {
  const query = readQuery(exchange.query, isNewer(exchange))
  // The page is cut one short to see whether more follow: -1 slices out of range and the handler panics.
  if (query.perPage === -1) return { status: 0, headers: [], body: Buffer.alloc(0), hangUp: true }
  if (query.perPage < 0) {
    throw new AppError(500, 'app.post.get.app_error', {
      detail: 'failed to find Posts: pq: bigint out of range',
    })
  }
  const { world, settings } = exchange.state
  const rows = query.skipThreads ? { page: [], more: false } : pageOf(exchange, asked, query)
  const order = [asked, ...rows.page]
  const posts = new Map(order.map(post => [post.id, show(post)]))
  const newest = [...order].sort((a, b) => b.updateAt - a.updateAt)[0] ?? asked
  const etag = `${settings.version}.${asked.id}.${newest.id}.${newest.updateAt}`
  const listedOrder = isNewer(exchange) ? [...new Set(order)] : order
  const more = isNewer(exchange) ? { first_inaccessible_post_time: 0 } : {}
  const value = wirePostList(
    { order: listedOrder, posts, next: '', prev: '' },
    { has_next: rows.more, ...more },
  )
  return withEtag(exchange, etag, value)

  function show(post: Post): Record<string, unknown> {
    const me = self(exchange).id
    return wirePost(
      world,
      post,
      query.collapsed ? { collapsedFor: me } : { replyCount: replyCount(world, post) },
    )
  }
}

function pageOf(exchange: Exchange, asked: Post, query: Query): { page: Post[]; more: boolean } {
  const { posts } = exchange.state.world
  const root = posts.live(asked.rootId === '' ? asked.id : asked.rootId)
  const replies = posts.replies(root?.id ?? '')
  // With collapsed threads the root is found by the asked id only, and not listed again.
  const all = query.collapsed ? posts.replies(asked.id) : inOrder(root, replies, query.direction)
  const { fromCreateAt, fromPost } = query
  const from = all.filter(post => {
    if (fromCreateAt === 0) return true
    const side = query.direction === 'down' ? 1 : -1
    if (post.createAt !== fromCreateAt) return Math.sign(post.createAt - fromCreateAt) === side
    return fromPost !== '' && (post.id > fromPost ? 1 : -1) === side && post.id !== fromPost
  })
  if (query.perPage === 0) return { page: from, more: false }
  return { page: from.slice(0, query.perPage), more: from.length > query.perPage }
}

function inOrder(root: Post | undefined, replies: Post[], direction: string): Post[] {
  const byTime = [...(root === undefined ? [] : [root]), ...replies].sort((a, b) => {
    return a.createAt - b.createAt || (a.id < b.id ? -1 : 1)
  })
  if (direction === 'down') return byTime
  if (direction === 'up') return byTime.reverse()
  // Without a direction the rows come as the database finds them: a root was rewritten by its replies, so it is last.
  return [...replies, ...(root === undefined ? [] : [root])]
}

function readQuery(query: URLSearchParams, newer: boolean): Query {
  const perPage = number(query, 'perPage')
  if (perPage > 200) throw badBodyParam('perPage')
  const fromCreateAt = number(query, 'fromCreateAt')
  const fromPost = query.get('fromPost') ?? ''
  if (fromPost !== '' && !isValidId(fromPost)) throw badBodyParam('fromPost')
  if (fromPost !== '' && fromCreateAt === 0) throw badBodyParam('fromPost/fromCreateAt')
  const direction = query.get('direction') ?? ''
  if (!['', 'up', 'down'].includes(direction)) throw badBodyParam('direction')
  if (newer) {
    const fromUpdateAt = number(query, 'fromUpdateAt')
    if (fromUpdateAt !== 0 && fromCreateAt !== 0) throw badBodyParam('fromUpdateAt')
    if (query.get('updatesOnly') === 'true' && fromUpdateAt === 0) throw badBodyParam('fromUpdateAt')
  }
  return {
    perPage,
    direction,
    fromPost,
    fromCreateAt,
    collapsed: query.get('collapsedThreads') === 'true',
    skipThreads: query.get('skipFetchThreads') === 'true',
  }
}

function number(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? ''
  const value = text === '' ? 0n : goInt(text)
  if (value === undefined) throw badBodyParam(name)
  return Number(value)
}
