import { sortedKeys } from '../go-json.ts'
import type { Post } from '../records.ts'
import type { World } from '../world.ts'

export type PostView = {
  /** What reply_count says; the server does not compute it everywhere. */
  replyCount?: number
  /** With collapsed threads a root that has replies says who wrote them and whether this person follows. */
  collapsedFor?: string
  pendingPostId?: string
  /** The copy given for a repeated pending_post_id has no metadata field at all. */
  noMetadata?: boolean
}

/** A post on the wire. Deleted rows have lost their text and metadata, but not their props. */
export function wirePost(world: World, post: Post, view: PostView = {}): Record<string, unknown> {
  const gone = post.deleteAt > 0
  const thread = view.collapsedFor === undefined ? undefined : threadOf(world, post, view.collapsedFor)
  return {
    id: post.id,
    create_at: post.createAt,
    update_at: post.updateAt,
    edit_at: post.editAt,
    delete_at: post.deleteAt,
    is_pinned: post.isPinned,
    user_id: post.userId,
    channel_id: post.channelId,
    root_id: post.rootId,
    original_id: post.originalId,
    message: gone ? '' : post.message,
    type: post.type,
    props: sortedKeys(post.props),
    hashtags: post.hashtags,
    ...(post.fileIds.length > 0 ? { file_ids: post.fileIds } : {}),
    pending_post_id: view.pendingPostId ?? '',
    ...(post.reactions.length > 0 ? { has_reactions: true } : {}),
    reply_count: thread?.count ?? view.replyCount ?? 0,
    last_reply_at: thread?.lastReplyAt ?? 0,
    participants: thread?.participants ?? null,
    ...(thread === undefined ? {} : { is_following: thread.following }),
    ...(view.noMetadata === true ? {} : { metadata: gone ? {} : metadataOf(world, post) }),
  }
}

function threadOf(world: World, post: Post, reader: string) {
  const replies = post.rootId === '' ? world.posts.replies(post.id) : []
  const last = replies.at(-1)
  if (last === undefined) return undefined
  const authors = [...new Set(replies.map(reply => reply.userId))]
  return {
    count: replies.length,
    lastReplyAt: last.createAt,
    // Ids only, every other field empty, unless the extended form is asked for.
    participants: authors.map(id => ({ id, delete_at: 0, username: '', ...EMPTY_USER })),
    following: post.followers.has(reader),
  }
}

const EMPTY_USER = {
  auth_service: '',
  email: '',
  nickname: '',
  first_name: '',
  last_name: '',
  position: '',
  roles: '',
  locale: '',
  timezone: null,
  disable_welcome_email: false,
}

function metadataOf(world: World, post: Post): Record<string, unknown> {
  const files = post.fileIds.map(id => world.files.get(id)).filter(file => file !== undefined)
  const attachments = post.props.attachments
  const hasAttachments = Array.isArray(attachments) && attachments.length > 0
  return {
    ...(hasAttachments ? { embeds: [{ type: 'message_attachment' }] } : {}),
    ...(files.length === 0 ? {} : { files: files.map(file => wireFile(file)) }),
    ...(post.reactions.length === 0
      ? {}
      : { reactions: post.reactions.map(given => wireReaction(post.id, given)) }),
  }
}

function wireReaction(postId: string, given: Post['reactions'][number]): Record<string, unknown> {
  return {
    user_id: given.personId,
    post_id: postId,
    emoji_name: given.emojiName,
    create_at: given.createAt,
    update_at: given.createAt,
    delete_at: 0,
    remote_id: '',
  }
}

function wireFile(file: NonNullable<ReturnType<World['files']['get']>>): Record<string, unknown> {
  return {
    id: file.id,
    user_id: file.personId,
    post_id: file.postId,
    channel_id: '',
    create_at: file.createAt,
    update_at: file.createAt,
    delete_at: 0,
    name: file.name,
    extension: file.extension,
    size: file.size,
    mime_type: file.mimeType,
    mini_preview: null,
    remote_id: '',
  }
}

/** How many replies the thread of a post has, which is what both its root and its replies say. */
export function replyCount(world: World, post: Post): number {
  return world.posts.replies(post.rootId === '' ? post.id : post.rootId).length
}

export type PostPage = {
  order: Post[]
  posts: Map<string, Record<string, unknown>>
  next: string
  prev: string
}

/** A list of posts on the wire: `posts` may hold more than `order` names. */
export function wirePostList(page: PostPage, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    order: page.order.map(post => post.id),
    posts: sortedKeys(Object.fromEntries(page.posts)),
    next_post_id: page.next,
    prev_post_id: page.prev,
    has_next: false,
    ...more,
  }
}
