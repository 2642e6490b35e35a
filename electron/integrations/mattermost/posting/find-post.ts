import { getPosts } from '../api/reads.ts'
import type { WirePost } from '../api/wire.ts'
import type { MattermostClient } from '../http/client.ts'

/** By what a post of ours is known again: who wrote it where, and the mark in its props. */
export type PostTrace = {
  channel: string
  author: string
  mark: string
  /** When it was sent, by the server's clock and by ours. */
  serverTime: number | undefined
  localTime: number
}

/** The name of our mark in a post's props; it stays through edits, and in the row of a deleted post. */
export const MARK_PROP = 'kosmokrator_mark'

export type FoundTrace =
  | { kind: 'found'; post: WirePost }
  /** Everything since it was sent has been read, and it is not there. */
  | { kind: 'absent' }
  /** It was not in what could be read, which may not be everything. */
  | { kind: 'unsure' }

/** The Date header may be a proxy's: where our own clock says that it was earlier, we believe that for a day's length. */
const DOUBT_MS = 24 * 3_600_000
/** Clocks of a server's nodes and of a proxy before them differ by minutes where nobody sets them. */
const MARGIN_MS = 300_000
const SINCE_ROWS = 1_000
const PAGE_ROWS = 200

/** Reads whether a post is there. @throws KosmoError where the channel cannot be read */
export async function findPost(
  client: MattermostClient,
  trace: PostTrace,
  signal: AbortSignal,
): Promise<FoundTrace> {
  const { serverTime, localTime } = trace
  const query = serverTime === undefined ? { per_page: PAGE_ROWS } : { since: since(serverTime, localTime) }
  const { posts, missing } = await getPosts(client, trace.channel, query, signal)
  const post = posts.find(
    candidate => candidate.user_id === trace.author && candidate.props[MARK_PROP] === trace.mark,
  )
  if (post !== undefined) return { kind: 'found', post }
  // A page leaves deleted posts out, `since` does not.
  const whole = serverTime !== undefined && posts.length < SINCE_ROWS && missing === 0
  return { kind: whole ? 'absent' : 'unsure' }
}

function since(serverTime: number, localTime: number): number {
  const sent = Math.max(Math.min(serverTime, localTime), serverTime - DOUBT_MS)
  // The server takes whole numbers only.
  return Math.max(1, Math.floor(sent - MARGIN_MS))
}
