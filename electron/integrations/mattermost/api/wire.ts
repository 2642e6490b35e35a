import * as z from 'zod'
import { KosmoError } from '../../../../shared/errors.ts'
import { ID_PATTERN } from '../../../../shared/mattermost/ids.ts'

/*
 * What we read of Mattermost's JSON: about forty fields. Unknown fields are ignored, missing optional ones get
 * defaults, a wrong type in a field that matters makes the whole answer unusable. The types of @mattermost/types are
 * not used here: they call fields required that older servers leave out.
 */

const id = z.string().regex(ID_PATTERN)
// Not as a union: the two of a post would take as long to read as all else of it.
const idOrNone = z.string().regex(new RegExp(`${ID_PATTERN.source}|^$`))
const time = z.number().min(0).max(8.64e15)
const optionalTime = time.catch(0)
const optionalText = z.string().catch('')
const count = z.number().int().min(0).catch(0)

export const userWire = z.object({
  id,
  username: z.string().min(1),
  email: optionalText,
  first_name: optionalText,
  last_name: optionalText,
  nickname: optionalText,
  position: optionalText,
  roles: optionalText,
  locale: optionalText,
  delete_at: optionalTime,
  is_bot: z.boolean().catch(false),
  timezone: z
    .object({
      useAutomaticTimezone: z.unknown(),
      automaticTimezone: optionalText,
      manualTimezone: optionalText,
    })
    .partial()
    .catch({}),
})
export type WireUser = z.infer<typeof userWire>

export const teamWire = z.object({
  id,
  name: z.string().min(1),
  display_name: optionalText,
  description: optionalText,
  type: optionalText,
  delete_at: optionalTime,
})
export type WireTeam = z.infer<typeof teamWire>

export const channelWire = z.object({
  id,
  type: z.string(),
  name: z.string(),
  display_name: optionalText,
  team_id: idOrNone,
  header: optionalText,
  purpose: optionalText,
  create_at: optionalTime,
  delete_at: optionalTime,
  last_post_at: optionalTime,
  total_msg_count: count,
  total_msg_count_root: count,
})
export type WireChannel = z.infer<typeof channelWire>

export const statsWire = z.object({
  channel_id: id,
  member_count: z.number().int().min(0),
  guest_count: count,
  pinnedpost_count: count,
})
export type WireStats = z.infer<typeof statsWire>

/** A membership: `msg_count` counts what has been read, so unread = the channel's total minus it. */
export const membershipWire = z.object({
  channel_id: id,
  msg_count: count,
  msg_count_root: count,
  mention_count: count,
  mention_count_root: count,
})
export type WireMembership = z.infer<typeof membershipWire>

const fileWire = z.object({ name: z.string(), size: count, mime_type: optionalText })
const reactionWire = z.object({ emoji_name: z.string() })

export const postWire = z.object({
  id,
  create_at: time,
  update_at: optionalTime,
  edit_at: optionalTime,
  delete_at: optionalTime,
  user_id: idOrNone.catch(''),
  channel_id: id,
  root_id: idOrNone.catch(''),
  original_id: optionalText,
  message: z.string(),
  type: optionalText,
  props: z.record(z.string(), z.unknown()).catch({}),
  reply_count: count,
  is_pinned: z.boolean().catch(false),
  metadata: z
    .object({ files: z.array(fileWire).catch([]), reactions: z.array(reactionWire).catch([]) })
    .partial()
    .catch({}),
})
export type WirePost = z.infer<typeof postWire>

const postListWire = z.object({
  order: z.array(z.string()).nullable(),
  posts: z.unknown(),
  next_post_id: optionalText,
  prev_post_id: optionalText,
  first_inaccessible_post_time: optionalTime,
})

/** A page of posts as the server orders it (newest first), without repeats. */
export type WirePostList = {
  posts: WirePost[]
  hasNewer: boolean
  hasOlder: boolean
  /** Posts that the list names but does not hold: the answer was not whole. */
  missing: number
  /** Older posts exist but are beyond the plan's history limit. */
  historyLimited: boolean
}

/** Reads JSON by its schema. @throws KosmoError `bad_response` naming the first field that does not fit */
export function decodeWire<T>(schema: z.ZodType<T>, json: unknown, what: string): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') ?? ''
  const at = field === '' ? '' : ` (field ${field.slice(0, 60)})`
  throw new KosmoError(
    'bad_response',
    `The server's answer is not ${what}${at}: a proxy changed it, or it is not Mattermost.`,
  )
}

/** A list; `null` is how Go writes an empty one. */
export function decodeWireList<T>(schema: z.ZodType<T>, json: unknown, what: string): T[] {
  return decodeWire(z.array(schema).nullable(), json, what) ?? []
}

/**
 * Reads a list of posts: `order` says which and in what order, `posts` holds those and others beside (parents of
 * threads), so that only `order` may be walked.
 */
export function decodePostList(json: unknown, channelId?: string): WirePostList {
  const list = decodeWire(postListWire, json, 'a list of posts')
  const held = new Map(
    typeof list.posts === 'object' && list.posts !== null ? Object.entries(list.posts) : [],
  )
  const order = [...new Set(list.order ?? [])]
  const posts: WirePost[] = []
  for (const postId of order) {
    const post = held.get(postId)
    if (post !== undefined) posts.push(decodeWire(postWire, post, 'a post'))
  }
  const stray = posts.find(post => channelId !== undefined && post.channel_id !== channelId)
  if (stray !== undefined) {
    throw new KosmoError(
      'bad_response',
      'The server answered for another channel than asked: a cache stands in between.',
    )
  }
  return {
    posts,
    hasNewer: list.next_post_id !== '',
    hasOlder: list.prev_post_id !== '',
    missing: order.length - posts.length,
    historyLimited: list.first_inaccessible_post_time > 0,
  }
}
