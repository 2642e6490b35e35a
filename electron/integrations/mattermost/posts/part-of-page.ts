import { pageAt } from '../../../../shared/results/page-at.ts'
import type { WirePost } from '../api/wire.ts'
import type { NextPage, PageOfPosts, PageRequest } from './read-page.ts'

/** What is shown of a page, and how to go on from there. */
export type Part = { posts: WirePost[]; next: NextPage | undefined }

/**
 * At most `count` posts of a page, those at the end that the page is read from, and how to get the rest.
 *
 * A cursor stands between two milliseconds. Where the posts that fit all are of one millisecond, and more of it are left
 * out, only the number of the page can say where to go on.
 */
export function partOfPage(page: PageOfPosts, request: PageRequest, perPage: number, count: number): Part {
  const { posts, anchor } = page
  if (count >= posts.length) return page
  // Nearest to the anchor first.
  const ordered = anchor === 'newest' ? posts.toReversed() : posts
  let border = count
  while (border > 0 && ordered[border]?.create_at === ordered[border - 1]?.create_at) border--
  const divided = border === 0
  const kept = ordered.slice(0, divided ? count : border)
  const last = kept.at(-1)
  const cursor = last && (anchor === 'newest' ? { before: last.id } : { after: last.id })
  return {
    posts: anchor === 'newest' ? kept.toReversed() : kept,
    next: (divided ? numbered(request, perPage, count) : cursor) ?? page.next,
  }
}

function numbered(request: PageRequest, perPage: number, count: number): NextPage | undefined {
  if (request.kind === 'since') return undefined
  const at = pageAt(request.page * perPage + count, count)
  if (at === undefined || request.kind === 'page') return at
  return request.kind === 'before' ? { before: request.post, ...at } : { after: request.post, ...at }
}
