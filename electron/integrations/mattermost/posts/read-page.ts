import { KosmoError } from '../../../../shared/errors.ts'
import { byTime, getPost, getPosts } from '../api/reads.ts'
import type { WirePost, WirePostList } from '../api/wire.ts'
import type { MattermostService } from '../service.ts'

/** Which part of a channel is read. */
export type PageRequest =
  | { kind: 'page'; page: number }
  | { kind: 'before'; post: string; page: number }
  | { kind: 'after'; post: string; page: number }
  | { kind: 'since'; at: number }

/** Posts oldest first, and the arguments that go on from there. */
export type PageOfPosts = {
  posts: WirePost[]
  /** Which end is shown in full; when the page must be shortened, posts go from the other end. */
  anchor: 'newest' | 'oldest'
  next: NextPage | undefined
  notes: string[]
}

export type NextPage = { before?: string; after?: string; page?: number; per_page?: number }

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
  const shown = list.posts.slice(0, perPage)
  const [last, beyond] = [shown.at(-1), list.posts[perPage]]
  const clean = last !== undefined && beyond !== undefined && beyond.create_at !== last.create_at
  const next = clean ? { before: last.id } : { page: page + 1, per_page: perPage }
  return {
    posts: shown.toReversed(),
    anchor: 'newest',
    next: isFull(list, rows) ? next : undefined,
    notes: notesOn(list),
  }
}

/**
 * Whether there may be more beyond a list. The server's own next and previous ids compare times strictly and so are
 * empty where the rest is of the last post's millisecond; a full page always may go on.
 */
function isFull({ posts, missing }: WirePostList, rows: number): boolean {
  return posts.length + missing >= rows
}

async function readFromCursor(
  service: MattermostService,
  channelId: string,
  request: Extract<PageRequest, { kind: 'before' | 'after' }>,
  perPage: number,
  signal: AbortSignal,
): Promise<PageOfPosts> {
  const { kind, post, page } = request
  const cursor = cursorPost(service, channelId, post, signal)
  cursor.catch(() => undefined)
  if (page > 0) {
    const list = await getPosts(service.client, channelId, { [kind]: post, page, per_page: perPage }, signal)
    checkCursor(kind, await cursor, list)
    return numberedFromCursor(request, list, perPage)
  }
  for (let rows = Math.min(perPage + 1, MAX_PER_PAGE); ; rows = MAX_PER_PAGE) {
    const list = await getPosts(service.client, channelId, { [kind]: post, per_page: rows }, signal)
    checkCursor(kind, await cursor, list)
    // Nearest to the cursor first.
    const found = kind === 'before' ? list.posts : list.posts.toReversed()
    const more = isFull(list, rows)
    const border = wholeMilliseconds(found, perPage, more)
    if (border === 0 && found.length > 0 && rows < MAX_PER_PAGE) continue
    const shown = border === 0 ? found : found.slice(0, border)
    const last = shown.at(-1)
    const goesOn = last !== undefined && (shown.length < found.length || more)
    // A whole page of one millisecond has no border: only its number says where it goes on.
    const beyond = border === 0 ? { page: 1, per_page: rows } : {}
    const anchor = border === 0 ? post : (last?.id ?? post)
    const next = kind === 'before' ? { before: anchor, ...beyond } : { after: anchor, ...beyond }
    return {
      posts: kind === 'before' ? shown.toReversed() : shown,
      anchor: kind === 'before' ? 'newest' : 'oldest',
      next: goesOn ? next : undefined,
      notes: notesOn(list),
    }
  }
}

/** A further page counted from a cursor: exactly `perPage` posts, wherever its borders fall. */
function numberedFromCursor(
  { kind, post, page }: Extract<PageRequest, { kind: 'before' | 'after' }>,
  list: WirePostList,
  perPage: number,
): PageOfPosts {
  const further = { page: page + 1, per_page: perPage }
  const next = kind === 'before' ? { before: post, ...further } : { after: post, ...further }
  return {
    // Newest first from the server, in both directions.
    posts: list.posts.toReversed(),
    anchor: kind === 'before' ? 'newest' : 'oldest',
    next: isFull(list, perPage) ? next : undefined,
    notes: notesOn(list),
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

/**
 * What the post of a cursor is. The server takes any id: an unknown one gives an empty page, which looks like the end;
 * one of another channel, or of a deleted post, counts by its time.
 */
async function cursorPost(
  service: MattermostService,
  channelId: string,
  postId: string,
  signal: AbortSignal,
): Promise<'here' | 'elsewhere' | 'gone'> {
  try {
    return (await getPost(service.client, postId, signal)).channel_id === channelId ? 'here' : 'elsewhere'
  } catch (error) {
    if (!(error instanceof KosmoError)) throw error
    if (error.code === 'not_found') return 'gone'
    if (error.code === 'forbidden') return 'elsewhere'
    throw error
  }
}

/** Refuses a cursor by which the page would mislead. @throws KosmoError `invalid_input` */
function checkCursor(field: string, cursor: 'here' | 'elsewhere' | 'gone', list: WirePostList): void {
  if (cursor === 'here' || (cursor === 'gone' && list.posts.length > 0)) return
  const why = cursor === 'gone' ? 'there is no such post' : 'that post is in another channel'
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
      return readFromCursor(service, channelId, { kind: 'after', post: prior.id, page: 0 }, perPage, signal)
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
