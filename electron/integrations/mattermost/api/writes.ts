import * as z from 'zod'
import { KosmoError } from '../../../../shared/errors.ts'
import type { MattermostClient } from '../http/client.ts'
import { route } from '../http/route.ts'
import { MARK_PROP } from '../posting/find-post.ts'
import { channelWire, decodeWire, postWire, type WireChannel, type WirePost } from './wire.ts'

export type NewPost = { authorId: string; channelId: string; rootId: string | undefined; message: string }

export type SendResult =
  | { kind: 'posted'; post: WirePost }
  /** The server said that it did not do it, or never got it. */
  | { kind: 'not-done'; error: KosmoError }
  /** It may have been done. */
  | { kind: 'unknown'; error: KosmoError }

/** Sends a post once. Whether a second time is safe is for the caller to find out. */
export async function sendPost(
  client: MattermostClient,
  post: NewPost & { pending: string; mark: string },
  signal: AbortSignal,
): Promise<SendResult> {
  const body = {
    channel_id: post.channelId,
    message: post.message,
    ...(post.rootId !== undefined && { root_id: post.rootId }),
    // The server's memory of these is global: whoever guesses one would be given the post.
    pending_post_id: post.pending,
    props: { [MARK_PROP]: post.mark },
  }
  // Posting must not make the person look as if they were at their desk.
  const result = await client.write(route`/posts`, { query: { set_online: false }, body, signal })
  if (result.kind !== 'json') return result
  const parsed = postWire.safeParse(result.json)
  const sent = parsed.success && isOurs(parsed.data, post, result.json) ? parsed.data : undefined
  if (sent !== undefined) return { kind: 'posted', post: sent }
  return {
    kind: 'unknown',
    error: new KosmoError('bad_response', 'The answer of the server is not the post.'),
  }
}

const echo = z.object({ pending_post_id: z.string() })

/**
 * A cache in between may answer with another post. A plugin may change the text and take the mark off, but not who
 * wrote it where, and the answer repeats what nobody else knows.
 */
function isOurs(found: WirePost, sent: NewPost & { pending: string; mark: string }, json: unknown): boolean {
  const isMarked = found.props[MARK_PROP] === sent.mark
  return (
    found.channel_id === sent.channelId &&
    found.user_id === sent.authorId &&
    (isMarked || echo.safeParse(json).data?.pending_post_id === sent.pending)
  )
}

/** Opens the direct channel with a person; gives the one that exists where there is one, so it may be repeated. */
export async function createDirectChannel(
  client: MattermostClient,
  ids: [string, string],
  signal: AbortSignal,
): Promise<WireChannel> {
  const result = await client.write(route`/channels/direct`, { body: ids, signal })
  if (result.kind !== 'json') throw result.error
  return decodeWire(channelWire, result.json, 'a channel')
}
