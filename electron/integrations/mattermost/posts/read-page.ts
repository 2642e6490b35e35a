import { KosmoError } from '../../../../shared/errors.ts'
import { byTime, getPost, getPosts } from '../api/reads.ts'
import type { WirePost } from '../api/wire.ts'
import type { MattermostService } from '../service.ts'

/** Which part of a channel is read. */
export type PageRequest =
  | { kind: 'page'; page: number }
  | { kind: 'before'; post: string }
  | { kind: 'after'; post: string }
  | { kind: 'since'; at: number }

/** Posts oldest first, and the arguments that go on from there. */
export type PageOfPosts = {
  posts: WirePost[]
  /** Which end is shown in full; when the page must be shortened, posts go from the other end. */
  anchor: 'newest' | 'oldest'
  next: NextPage | undefined
  notes: string[]
}

export type NextPage = { before: string } | { after: string } | { page: number }

/** The most that the server gives in one page; it takes more without a word and gives these. */
export const MAX_PER_PAGE = 200

/** The most rows that `since` gives; with more than that the newest are missing. */
const SINCE_ROWS = 1000

/**
 * Reads one page of a channel.
 *
 * Cursors of the server compare times strictly, so posts of one millisecond that a page border divides would be
 * lost. A page here never ends inside a millisecond: one post more is asked for, and where the border would divide
 * posts of one time the whole group goes to the next page.
 */
export async function readPage(
  service: MattermostService,
  channelId: string,
  request: PageRequest,
  perPage: number,
  signal: AbortSignal,
): Promise<PageOfPosts> {
  switch (request.kind) {
    case 'page':
      return readNumberedPage(service, channelId, request.page, perPage, signal)
    case 'before':
    case 'after':
      return readFromCursor(service, channelId, request, perPage, signal)
    case 'since':
      return readSince(service, channelId, request.at, perPage, signal)
  }
}

async function readNumberedPage(
  service: MattermostService,
  channelId: string,
  page: number,
  perPage: number,
  signal: AbortSignal,
): Promise<PageOfPosts> {
  // The first page shows where its border is by one post more; later ones cannot: their offset is page x per_page.
  const rows = page === 0 ? Math.min(perPage + 1, MAX_PER_PAGE) : perPage
  const list = await getPosts(service.client, channelId, { page, per_page: rows }, signal)
  const notes = notesOn(list)
  const shown = list.posts.slice(0, perPage)
  const more = list.posts.length > perPage || (shown.length > 0 && list.hasOlder)
  const oldest = shown.at(-1)
  const beyond = list.posts[perPage]
  const clean = oldest !== undefined && beyond !== undefined && beyond.create_at !== oldest.create_at
  const next = !more ? undefined : clean && oldest !== undefined ? { before: oldest.id } : { page: page + 1 }
  return { posts: shown.reverse(), anchor: 'newest', next, notes }
}

async function readFromCursor(
  service: MattermostService,
  channelId: string,
  request: Extract<PageRequest, { kind: 'before' | 'after' }>,
  perPage: number,
  signal: AbortSignal,
): Promise<PageOfPosts> {
  const { kind, post } = request
  for (let rows = Math.min(perPage + 1, MAX_PER_PAGE); ; rows = MAX_PER_PAGE) {
    const list = await getPosts(service.client, channelId, { [kind]: post, per_page: rows }, signal)
    if (list.posts.length === 0) await refuseForeignCursor(service, channelId, kind, post, signal)
    // Nearest to the cursor first.
    const found = kind === 'before' ? list.posts : list.posts.toReversed()
    const more = kind === 'before' ? list.hasOlder : list.hasNewer
    const border = wholeMilliseconds(found, perPage, more && found.length >= rows)
    if (border === 0 && found.length > 0 && rows < MAX_PER_PAGE) continue
    const shown = border === 0 ? found : found.slice(0, border)
    const last = shown.at(-1)
    const goesOn = last !== undefined && (shown.length < found.length || more)
    return {
      posts: kind === 'before' ? shown.toReversed() : shown,
      anchor: kind === 'before' ? 'newest' : 'oldest',
      next: !goesOn ? undefined : kind === 'before' ? { before: last.id } : { after: last.id },
      notes: notesOn(list),
    }
  }
}

/**
 * How many of `posts` can be shown without dividing posts of one millisecond: at most `wanted`, or all of the first
 * group where that alone is larger. 0 = not even the first group is known to be whole.
 */
export function wholeMilliseconds(posts: readonly WirePost[], wanted: number, moreBeyond: boolean): number {
  if (posts.length <= wanted && !moreBeyond) return posts.length
  const at = (index: number) => posts[index]?.create_at
  let border = Math.min(wanted, posts.length - 1)
  while (border > 0 && at(border) === at(border - 1)) border--
  if (border > 0) return border
  let end = 1
  while (end < posts.length && at(end) === at(0)) end++
  return end < posts.length || !moreBeyond ? end : 0
}

/** The server takes any id as a cursor and answers an unknown one with an empty page, which looks like the end. */
async function refuseForeignCursor(
  service: MattermostService,
  channelId: string,
  field: string,
  postId: string,
  signal: AbortSignal,
): Promise<void> {
  const post = await getPost(service.client, postId, signal).catch((error: unknown) => {
    if (error instanceof KosmoError && (error.code === 'not_found' || error.code === 'forbidden'))
      return undefined
    throw error
  })
  if (post?.channel_id === channelId) return
  const why = post === undefined ? 'there is no such post' : 'that post is in another channel'
  throw new KosmoError('invalid_input', `${field}: ${why}. Use the id of a post of this channel.`)
}

async function readSince(
  service: MattermostService,
  channelId: string,
  at: number,
  perPage: number,
  signal: AbortSignal,
): Promise<PageOfPosts> {
  // The server's `since` is strict and by time of change: it brings deleted posts, old versions and old posts that
  // were only edited or got a reaction.
  const list = await getPosts(service.client, channelId, { since: Math.max(1, at - 1) }, signal)
  const created = list.posts.filter(
    post => post.delete_at === 0 && post.original_id === '' && post.create_at >= at,
  )
  const posts = created.sort(byTime)
  const [oldest] = posts
  if (list.posts.length >= SINCE_ROWS && oldest !== undefined) {
    const [prior] = (await getPosts(service.client, channelId, { before: oldest.id, per_page: 1 }, signal))
      .posts
    if (prior !== undefined && prior.create_at < at) {
      return readFromCursor(service, channelId, { kind: 'after', post: prior.id }, perPage, signal)
    }
  }
  const border = wholeMilliseconds(posts, perPage, false)
  const shown = posts.slice(0, border)
  const last = shown.at(-1)
  const notes = notesOn(list)
  if (list.posts.length >= SINCE_ROWS)
    notes.push('More than 1000 changes since then: some posts may be missing.')
  const goesOn = last !== undefined && (shown.length < posts.length || list.posts.length >= SINCE_ROWS)
  return { posts: shown, anchor: 'oldest', next: goesOn ? { after: last.id } : undefined, notes }
}

function notesOn(list: { missing: number; historyLimited: boolean }): string[] {
  const notes: string[] = []
  if (list.missing > 0) notes.push(`The server named ${list.missing} posts that it did not send.`)
  if (list.historyLimited) notes.push('Older posts are beyond the history limit of the server’s plan.')
  return notes
}
