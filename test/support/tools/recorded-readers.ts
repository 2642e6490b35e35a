import { expect } from 'vitest'
import * as reads from '../../../electron/integrations/mattermost/api/reads.ts'
import { sendPost } from '../../../electron/integrations/mattermost/api/writes.ts'
import type { MattermostClient } from '../../../electron/integrations/mattermost/http/client.ts'
import { KosmoError } from '../../../shared/errors.ts'
import { isId } from '../../../shared/mattermost/ids.ts'

const ANY_ID = 'x'.repeat(26)
const { signal } = new AbortController()

/** How one of our functions reads the recorded replies of a route. */
export type Reader = {
  method: string
  path: RegExp
  /** Asks as the product does; the names are what stands in the recorded path. */
  read(client: MattermostClient, names: string[], recorded: unknown): Promise<unknown>
  /** What a recorded body must be read as. */
  expected(json: never): unknown
}

type Row = { id: string }
type List = { order: string[]; posts: Record<string, Row>; next_post_id: string; prev_post_id: string }
const ids = (rows: Row[]) => (rows ?? []).map(({ id }) => expect.objectContaining({ id }))
const withId = ({ id }: Row) => expect.objectContaining({ id })

/** Whose post it is, where, and by which pending id; the recorded answer must be to just that. */
function placeOf(recorded: unknown): { authorId: string; channelId: string; pending: string } {
  const post = (recorded ?? {}) as Record<string, string>
  return {
    authorId: post.user_id ?? ANY_ID,
    channelId: post.channel_id ?? ANY_ID,
    pending: post.pending_post_id ?? ANY_ID,
  }
}

/** What came of sending a post: the post, or the error that it means. */
async function sent(client: MattermostClient, recorded: unknown): Promise<unknown> {
  const post = { ...placeOf(recorded), rootId: undefined, message: 'x', mark: ANY_ID }
  const result = await sendPost(client, post, signal)
  if (result.kind === 'posted') return result.post
  if (result.kind === 'not-done') throw result.error
  throw new KosmoError('unknown_outcome', result.error.message, result.error.facts)
}

export const READERS: Reader[] = [
  { method: 'GET', path: /^\/users\/me$/, read: client => reads.getMe(client, signal), expected: withId },
  {
    method: 'GET',
    path: /^\/users\/username\/([^/]+)$/,
    read: (client, [name = '']) => reads.getUserByName(client, safe(name), signal),
    expected: withId,
  },
  {
    method: 'POST',
    path: /^\/users\/ids$/,
    read: client => reads.getUsersByIds(client, [ANY_ID], signal),
    expected: ids,
  },
  {
    method: 'GET',
    path: /^\/users\/me\/teams$/,
    read: client => reads.getMyTeams(client, signal),
    expected: ids,
  },
  {
    method: 'GET',
    path: /^\/users\/me\/channels$/,
    read: client => reads.getMyChannels(client, signal),
    expected: ids,
  },
  {
    method: 'GET',
    path: /^\/users\/me\/teams\/([^/]+)\/channels$/,
    read: (client, [team = '']) => reads.getMyChannelsOfTeam(client, safe(team), signal),
    expected: ids,
  },
  {
    method: 'GET',
    path: /^\/users\/me\/teams\/([^/]+)\/channels\/members$/,
    read: (client, [team = '']) => reads.getMemberships(client, safe(team), signal),
    expected: (rows: { channel_id: string; msg_count: number }[]) =>
      rows.map(({ channel_id, msg_count }) => expect.objectContaining({ channel_id, msg_count })),
  },
  {
    method: 'GET',
    path: /^\/channels\/([^/]+)$/,
    read: (client, [id = '']) => reads.getChannel(client, safe(id), signal),
    expected: withId,
  },
  {
    method: 'GET',
    path: /^\/channels\/([^/]+)\/stats$/,
    read: (client, [id = '']) => reads.getStats(client, safe(id), signal),
    expected: ({ channel_id, member_count }: { channel_id: string; member_count: number }) =>
      expect.objectContaining({ channel_id, member_count }),
  },
  {
    method: 'GET',
    path: /^\/teams\/([^/]+)\/channels\/name\/([^/]+)$/,
    read: (client, [team = '', name = '']) => reads.getChannelByName(client, safe(team), safe(name), signal),
    expected: withId,
  },
  {
    method: 'GET',
    path: /^\/channels\/([^/]+)\/posts$/,
    read: (client, [id = '']) => reads.getPosts(client, safe(id), {}, signal),
    expected: ({ order, next_post_id, prev_post_id }: List) => ({
      posts: [...new Set(order)].map(id => expect.objectContaining({ id })),
      hasNewer: next_post_id !== '',
      hasOlder: prev_post_id !== '',
      missing: 0,
      historyLimited: false,
    }),
  },
  {
    method: 'GET',
    path: /^\/posts\/([^/]+)$/,
    read: (client, [id = '']) => reads.getPost(client, safe(id), signal),
    expected: withId,
  },
  {
    method: 'GET',
    path: /^\/posts\/([^/]+)\/thread$/,
    read: async (client, [id = '']) =>
      (await reads.getThread(client, safe(id), undefined, signal)).posts.map(post => post.id).sort(),
    expected: ({ order }: List) => [...new Set(order)].sort(),
  },
  {
    method: 'POST',
    path: /^\/posts$/,
    read: (client, _, recorded) => sent(client, recorded),
    expected: withId,
  },
  {
    method: 'GET',
    path: /^\/config\/client$/,
    read: client => reads.getConfig(client, signal),
    expected: (config: Record<string, string>) => ({
      maxPostSize: Number(config.MaxPostSize ?? 16_383),
      collapsedThreads: config.CollapsedThreads ?? 'disabled',
    }),
  },
]

/** By the route's rest, why a recorded reply is not read here. */
export const SKIPPED: [RegExp, string][] = [
  [/^(GET|POST) \/system\/ping/, 'the answer to a ping is never read'],
  [/^GET \/users\/[a-z0-9]{26}$|^GET \/users\/abc$/, 'people are asked for by name or in lists'],
  [
    /^GET \/users\/[a-z0-9]{26}\/tokens|^POST \/users\/(login|.*\/tokens)/,
    'the client neither logs in nor makes tokens',
  ],
  [/^GET \/teams\/name\/|^GET \/teams\/[a-z0-9]{26}$/, 'teams come from the list of the own ones'],
  [/^GET \/users\/me\/channels\/[a-z0-9]{26}\/unread/, 'unread counts come from the memberships'],
  [/\/posts\/search$/, 'the client does not search'],
  [/^(HEAD|DELETE|PATCH) /, 'no such request is ever sent'],
  [/^GET \/mmx\//, 'no such subpath is ever asked for'],
  [/nope|\/Users\/|\/me\/$|^GET $|api\/v3|^GET \/$|\/\/|\.\.|%2e/, 'no such route is ever asked for'],
]

/** A name that may stand in a route; what the product refuses before it asks stands as some id. */
function safe(name: string): string {
  return isId(name) || /^[a-z0-9][a-z0-9_-]*$/i.test(name) ? name : ANY_ID
}
