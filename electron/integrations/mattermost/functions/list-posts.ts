import * as z from 'zod'
import { KosmoError } from '../../../../shared/errors.ts'
import { NOTICE } from '../../../../shared/text/notice.ts'
import { parseTime } from '../../../../shared/text/time.ts'
import { defineRead } from '../../integration.ts'
import {
  channelFacts,
  channelHeading,
  describeChannel,
  nameCharacters,
} from '../channels/describe-channel.ts'
import { channelLabel, type NamedChannel } from '../channels/named-channel.ts'
import { describedOnce, postLines, postOutput } from '../posts/describe-post.ts'
import { type Part, partOfPage } from '../posts/part-of-page.ts'
import { findPeople } from '../posts/people.ts'
import { MAX_PER_PAGE, type PageRequest, readPage } from '../posts/read-page.ts'
import { channelInput, referenceInput } from '../references/reference-input.ts'
import { channelReferenceOf, channelToRead } from '../references/resolve-channel.ts'
import { postIdOf } from '../references/resolve-post.ts'
import type { MattermostService } from '../service.ts'

const input = z.strictObject({
  channel_id: channelInput,
  page: z.int().min(0).max(100_000).default(0).describe('0 = newest'),
  per_page: z.int().min(1).default(30).describe('At most 200'),
  before: referenceInput.optional().describe('Post id: older ones'),
  after: referenceInput.optional().describe('Post id: newer ones'),
  // Numbers are understood too; to name both types would cost every conversation for the rare one.
  since: z
    .union([z.string().max(40), z.number()])
    .optional()
    .meta({ type: 'string', description: 'ISO time or age like 2h' }),
})
type Input = z.infer<typeof input>

const output = z.object({
  notice: z.string(),
  channel: channelFacts,
  posts: z.array(postOutput),
  next: z
    .object({
      before: z.string().optional(),
      after: z.string().optional(),
      page: z.number().optional(),
      per_page: z.number().optional(),
    })
    .optional(),
  left_out: z.number().optional(),
  notes: z.array(z.string()).optional(),
})
type Output = z.infer<typeof output>

export const listPosts = defineRead<MattermostService, Input, Output>({
  name: 'mattermost_list_posts',
  title: 'List posts',
  description:
    'List posts in a Mattermost channel. Returns post IDs, messages, author info, and timestamps. Use page and per_page for pagination.',
  input,
  output,

  async run({ service, signal, now, itemChars }, given) {
    const notes: string[] = []
    const request = pageRequest(service, given, now(), notes)
    const perPage = Math.min(given.per_page, MAX_PER_PAGE)
    if (perPage < given.per_page) notes.push(`per_page is ${MAX_PER_PAGE} at most.`)
    const reference = channelReferenceOf(service, 'channel_id', given.channel_id)
    const read = (channelId: string) => readPage(service, channelId, request, perPage, signal)
    // An id needs no looking up: its posts are read while its name is, unless the account is limited.
    const [found, early] = await Promise.allSettled([
      channelToRead(service, 'channel_id', given.channel_id, signal),
      reference.kind === 'id' && service.guard === undefined ? read(reference.id) : undefined,
    ])
    if (found.status === 'rejected') throw found.reason
    const channel = found.value
    if (early.status === 'rejected') explainFor(channel)(early.reason)
    const page =
      (early.status === 'fulfilled' && early.value) ||
      (await read(channel.wire.id).catch(explainFor(channel)))
    const people = await findPeople(
      service,
      page.posts.map(post => post.user_id),
      signal,
    )
    const describe = describedOnce(people)
    const told = (part: Part, chars: number): Output => ({
      notice: NOTICE,
      channel: describeChannel(channel, nameCharacters(chars)),
      posts: part.posts.map(post => describe(post, chars)),
      ...(part.next && { next: part.next }),
      ...(part.posts.length < page.posts.length && { left_out: page.posts.length - part.posts.length }),
      ...([...notes, ...page.notes].length > 0 && { notes: [...notes, ...page.notes] }),
    })
    return {
      output: told(page, itemChars),
      cut: {
        size: page.posts.length,
        keep: (count, chars) => told(partOfPage(page, request, perPage, count), chars),
      },
    }
  },

  text(result) {
    const { channel, posts, next, left_out, notes = [] } = result
    return [
      `${channelHeading(channel)}: ${posts.length} posts, oldest first, times in UTC. ${NOTICE}`,
      ...postLines(posts),
      ...(left_out === undefined ? [] : [`${left_out} posts did not fit.`]),
      ...notes,
      ...(next === undefined ? [] : [`next: ${nextText(next)}`]),
    ].join('\n')
  },
})

/** Older servers show a public channel to the whole team, but its posts only to members. */
function explainFor(channel: NamedChannel) {
  return (error: unknown): never => {
    if (!(error instanceof KosmoError) || error.code !== 'forbidden' || channel.kind !== 'public') throw error
    const why = `This account has not joined ${channelLabel(channel)}, and only members may read it. Join it in Mattermost first.`
    throw new KosmoError('forbidden', why, error.facts)
  }
}

function pageRequest(service: MattermostService, given: Input, now: number, notes: string[]): PageRequest {
  const { before, after, since, page } = given
  const cursors = [before, after, since].filter(cursor => cursor !== undefined)
  if (cursors.length > 1) throw new KosmoError('invalid_input', 'Give only one of before, after and since.')
  if (since !== undefined && page > 0) {
    throw new KosmoError('invalid_input', 'Give page or since, not both: go on with after, as next says.')
  }
  if (before !== undefined) return { kind: 'before', post: postIdOf(service, 'before', before), page }
  if (after !== undefined) return { kind: 'after', post: postIdOf(service, 'after', after), page }
  if (since === undefined) return { kind: 'page', page }
  const time = parseTime(since, now)
  if (time.kind === 'not-a-time') throw new KosmoError('invalid_input', `since: ${time.why}.`)
  if (time.note !== undefined) notes.push(`${time.note}.`)
  return { kind: 'since', at: time.at }
}

function nextText(next: NonNullable<Output['next']>): string {
  return Object.entries(next)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
}
