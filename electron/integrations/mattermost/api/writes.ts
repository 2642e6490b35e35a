import { randomUUID } from 'node:crypto'
import { KosmoError } from '../../../../shared/errors.ts'
import type { MattermostClient } from '../http/client.ts'
import { route } from '../http/route.ts'
import { channelWire, decodeWire, postWire, type WireChannel, type WirePost } from './wire.ts'

export type NewPost = { authorId: string; channelId: string; rootId: string | undefined; message: string }

/**
 * Posts once. Never sent a second time here.
 *
 * @throws KosmoError `unknown_outcome` where it may have been posted; any other code means that it was not
 */
export async function createPost(
  client: MattermostClient,
  post: NewPost,
  signal: AbortSignal,
): Promise<WirePost> {
  const body = {
    channel_id: post.channelId,
    message: post.message,
    ...(post.rootId !== undefined && { root_id: post.rootId }),
    // The server's memory of these is global: whoever guesses one would be given the post.
    pending_post_id: `${post.authorId}:${randomUUID()}`,
  }
  // Posting must not make the person look as if they were at their desk.
  const result = await client.write(route`/posts`, { query: { set_online: false }, body, signal })
  if (result.kind === 'not-done') throw result.error
  if (result.kind === 'unknown') throw unknownOutcome(result.error)
  const parsed = postWire.safeParse(result.json)
  // A cache in between may answer with another post; a plugin may change the text, but not who wrote it where.
  const isOurs = parsed.data?.channel_id === post.channelId && parsed.data.user_id === post.authorId
  if (parsed.success && isOurs) return parsed.data
  throw unknownOutcome(new KosmoError('bad_response', "The server's answer is not the post."))
}

/** Opens the direct channel with a person; gives the one that exists where there is one. */
export async function createDirectChannel(
  client: MattermostClient,
  ids: [string, string],
  signal: AbortSignal,
): Promise<WireChannel> {
  const result = await client.write(route`/channels/direct`, { body: ids, signal })
  if (result.kind !== 'json') throw result.error
  return decodeWire(channelWire, result.json, 'a channel')
}

function unknownOutcome(cause: KosmoError): KosmoError {
  return new KosmoError(
    'unknown_outcome',
    `The post may have been posted; check the channel before repeating it. ${cause.message}`,
    cause.facts,
  )
}
