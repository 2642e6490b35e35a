import { AppError, badBodyParam, noPermission } from '../errors.ts'
import { bodyJson, type Exchange, isNewer, isSystemAdmin, self } from '../exchange.ts'
import { mayPost } from '../permissions.ts'
import { type Draft, readDraft } from '../post-draft.ts'
import { checkDraft } from '../post-rules.ts'
import { markRead, notify } from '../read-marks.ts'
import type { Channel, Post } from '../records.ts'
import { jsonReply, type Reply } from '../reply.ts'
import { replyCount, wirePost } from '../wire/post.ts'
import type { Route } from './routes.ts'

export const createPostRoutes: Route[] = [{ method: 'POST', path: '/posts', handler: createPost }]

async function createPost(exchange: Exchange): Promise<Reply> {
  const draft = readDraft(bodyJson(exchange))
  if (draft === undefined) throw badBodyParam('post')
  const me = self(exchange)
  // The permission comes first, so an unknown channel is 403, and so is none at all.
  if (!mayPost(exchange, draft.channelId)) throw noPermission(me.id, 'create_post')
  // 11.10: only integrations may post silently.
  const silent = isNewer(exchange) && exchange.query.get('silent') === 'true'
  if (silent && !me.isBot) throw noPermission(me.id, 'create_post_silent')
  if (!isSystemAdmin(me)) draft.createAt = 0
  const channel = exchange.state.world.channels.get(draft.channelId)
  if (channel === undefined) throw noPermission(me.id, 'create_post')
  if (draft.type.startsWith('system_')) {
    throw new AppError(400, 'api.context.invalid_param.app_error', { name: 'post.type' })
  }
  if (channel.deleteAt > 0) throw new AppError(400, 'api.post.create_post.can_not_post_to_deleted.error')
  const reply = await once(exchange, draft, channel)
  const quiet = ['0', 'f', 'F', 'false', 'False', 'FALSE'].includes(exchange.query.get('set_online') ?? '')
  if (!quiet) me.online = true
  return reply
}

/** Posts, unless this pending_post_id was seen in the last 30 seconds, from whomever and wherever. */
async function once(exchange: Exchange, draft: Draft, channel: Channel): Promise<Reply> {
  const { caches, settings } = exchange.state
  const key = draft.pendingPostId
  if (key === '') return jsonReply(201, await save(exchange, draft, channel))
  const seen = caches.pending.look(key)
  // Looking and setting are two steps on the real server: 10 of 1500 rounds of four at once saved two posts.
  if (!settings.atomicPendingCheck) await exchange.pass('pendingCheck')
  if (seen.kind === 'running') throw new AppError(500, 'api.post.deduplicate_create_post.pending')
  const copy = seen.kind === 'saved' ? copyOf(exchange, seen.postId) : undefined
  if (copy !== undefined) return jsonReply(201, copy)
  caches.pending.begin(key)
  try {
    const saved = await save(exchange, draft, channel)
    caches.pending.finish(key, String(saved.id))
    return jsonReply(201, saved)
  } catch (error) {
    caches.pending.drop(key)
    throw error
  }
}

function copyOf(exchange: Exchange, postId: string): Record<string, unknown> | undefined {
  const { world } = exchange.state
  const post = world.posts.live(postId)
  if (post === undefined) throw new AppError(500, 'api.post.deduplicate_create_post.failed_to_get')
  // Newer servers ignore the key of a post that the person may not read; 6.7.3 hands that post out.
  const member = world.channels.get(post.channelId)?.members.has(self(exchange).id) === true
  if (isNewer(exchange) && !member) return undefined
  return wirePost(world, post, { noMetadata: true, replyCount: replyCount(world, post) })
}

async function save(exchange: Exchange, draft: Draft, channel: Channel): Promise<Record<string, unknown>> {
  await exchange.pass('beforeSave')
  const { world } = exchange.state
  const me = self(exchange)
  const root = checkDraft(exchange, draft, channel)
  const files = draft.fileIds.flatMap(id => world.files.get(id) ?? []).filter(file => file.personId === me.id)
  const options = {
    props: me.isBot ? { ...draft.props, from_bot: 'true' } : draft.props,
    type: draft.type,
    isPinned: draft.isPinned,
    editAt: draft.editAt,
    files: files.filter(file => file.postId === ''),
    ...(draft.createAt > 0 ? { createAt: draft.createAt } : {}),
  }
  const post: Post =
    root === undefined
      ? world.posts.add(channel, me, draft.message, options)
      : world.posts.addReply(root, me, draft.message, options)
  // Attaching files touches the row again, even when all of them were unknown and dropped.
  if (draft.fileIds.length > 0) post.updateAt = world.stamp()
  notify(world, channel, post)
  // A bot's post and one that claims to be a webhook's do not mark the channel read.
  if (!me.isBot && !('from_webhook' in post.props)) markRead(channel, me.id)
  if (exchange.failsAfterSave)
    throw new AppError(500, 'app.post.save.app_error', { detail: 'failed after saving' })
  return wirePost(world, post, {
    pendingPostId: draft.pendingPostId,
    // For a root the reply repeats what the body claimed.
    replyCount: root === undefined ? draft.replyCount : replyCount(world, post),
  })
}
