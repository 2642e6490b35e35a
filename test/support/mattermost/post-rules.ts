import { AppError } from './errors.ts'
import { type Exchange, isNewer, self } from './exchange.ts'
import { goJson } from './go-json.ts'
import type { Draft } from './post-draft.ts'
import type { Channel, Post } from './records.ts'

const LONGEST_PROPS = 800_000
const LONGEST_FILE_IDS = 300
const RESERVED = [
  'from_webhook',
  'override_username',
  'override_icon_url',
  'override_icon_emoji',
  'webhook_display_name',
]
const TYPES = ['', 'me', 'slack_attachment', 'reminder']

/** Refuses what the server refuses to save, in its order; returns the root of a reply. May change the draft. */
export function checkDraft(exchange: Exchange, draft: Draft, channel: Channel): Post | undefined {
  if (isNewer(exchange)) checkNewer(exchange, draft, channel)
  const root = rootOf(exchange, draft, channel)
  askPlugin(exchange, draft)
  if (draft.id !== '') throw new AppError(400, 'app.post.save.existing.app_error')
  // Counted in code points, not in UTF-16 units or bytes.
  if ([...draft.message].length > exchange.state.settings.maxPostSize) {
    const id = isNewer(exchange) ? 'message_length' : 'msg'
    throw new AppError(400, `model.post.is_valid.${id}.app_error`)
  }
  if (!TYPES.includes(draft.type) && !draft.type.startsWith('custom_')) {
    throw new AppError(400, 'model.post.is_valid.type.app_error')
  }
  if (draft.fileIds.length > 0 && goJson(draft.fileIds).length > LONGEST_FILE_IDS) {
    throw new AppError(400, 'model.post.is_valid.file_ids.app_error')
  }
  const props = goJson(draft.props)
  if (props.length > LONGEST_PROPS) throw new AppError(400, 'model.post.is_valid.props.app_error')
  if (draft.message.includes('\0') || props.includes('\\u0000')) {
    const detail = 'failed to save Post: pq: invalid byte sequence for encoding "UTF8": 0x00'
    throw new AppError(500, 'app.post.save.app_error', { detail })
  }
  return root
}

function rootOf(exchange: Exchange, draft: Draft, channel: Channel): Post | undefined {
  if (draft.rootId === '') return undefined
  const root = exchange.state.world.posts.live(draft.rootId)
  // A reply is no root, nor is a deleted post or an id that is none.
  if (root === undefined || root.rootId !== '') {
    throw new AppError(400, 'api.post.create_post.root_id.app_error')
  }
  if (root.channelId !== channel.id) throw new AppError(400, 'api.post.create_post.channel_root_id.app_error')
  return root
}

/** A plugin's hook may refuse, and then its free text becomes the id of the error. */
function askPlugin(exchange: Exchange, draft: Draft): void {
  const verdict = exchange.state.settings.plugin?.({
    userId: self(exchange).id,
    channelId: draft.channelId,
    message: draft.message,
  })
  if (verdict === undefined) return
  if (verdict.kind === 'change') draft.message = verdict.message
  if (verdict.kind === 'reject') throw new AppError(400, `Post rejected by plugin. ${verdict.reason}`)
  if (verdict.kind === 'dismiss') throw new AppError(400, 'plugin.message_will_be_posted.dismiss_error')
}

function checkNewer(exchange: Exchange, draft: Draft, channel: Channel): void {
  const { world, settings } = exchange.state
  const me = self(exchange)
  if (settings.hardened && !me.isBot && RESERVED.some(name => name in draft.props)) {
    throw new AppError(400, 'api.context.invalid_body_param.app_error', { name: 'props' })
  }
  if (channel.type === 'D' && settings.restrictDirectMessage === 'team') {
    const people = [...channel.members.keys()]
    const together = [...world.teams.values()].some(team => people.every(id => team.members.has(id)))
    const bots = people.some(id => world.people.get(id)?.isBot === true)
    if (!together && !bots)
      throw new AppError(400, 'api.post.create_post.can_not_post_in_restricted_dm.error')
  }
  const author = draft.props.ai_generated_by
  if (author === undefined) return
  const named = world.people.get(String(author))
  if (named === undefined || (named.id !== me.id && !named.isBot)) {
    throw new AppError(400, 'api.post.fill_in_post_props.invalid_ai_generated_user.app_error')
  }
  draft.props = { ...draft.props, ai_generated_by_username: named.username }
}
