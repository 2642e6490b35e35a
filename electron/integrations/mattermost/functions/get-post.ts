import * as z from 'zod'
import { KosmoError } from '../../../../shared/errors.ts'
import { NOTICE } from '../../../../shared/text/notice.ts'
import { exactTime } from '../../../../shared/text/time.ts'
import { defineRead, type Result } from '../../integration.ts'
import { getChannel, getPost, getThread } from '../api/reads.ts'
import type { WirePost } from '../api/wire.ts'
import {
  channelFacts,
  channelHeading,
  describeChannel,
  nameCharacters,
} from '../channels/describe-channel.ts'
import { type NamedChannel, nameChannels } from '../channels/named-channel.ts'
import { describedOnce, describePost, postLine, postLines, postOutput } from '../posts/describe-post.ts'
import { findPeople } from '../posts/people.ts'
import { permalink } from '../posts/permalink.ts'
import { referenceInput } from '../references/reference-input.ts'
import { postIdOf } from '../references/resolve-post.ts'
import type { MattermostService } from '../service.ts'

const input = z.strictObject({
  post_id: referenceInput.describe('Id or link'),
  thread: z.boolean().default(false).describe('The whole thread'),
  after: referenceInput.optional().describe('With thread: post id'),
  offset: z.int().min(0).max(1_000_000).default(0).describe('Characters to skip'),
})
type Input = z.infer<typeof input>

const output = z.object({
  notice: z.string(),
  channel: channelFacts,
  post: postOutput.extend({ link: z.string(), updated: z.string() }).optional(),
  thread: z.array(postOutput).optional(),
  next: z.object({ after: z.string().optional(), offset: z.number().optional() }).optional(),
  left_out: z.number().optional(),
  notes: z.array(z.string()).optional(),
})
type Output = z.infer<typeof output>

export const getPostDetails = defineRead<MattermostService, Input, Output>({
  name: 'mattermost_get_post',
  title: 'Get post',
  description:
    'Get a specific Mattermost post by ID. Returns the full post including message content, author, channel, and timestamps.',
  input,
  output,

  async run({ service, signal, itemChars }, given) {
    const postId = postIdOf(service, 'post_id', given.post_id)
    const after = given.after === undefined ? undefined : postIdOf(service, 'after', given.after)
    const post = await getPost(service.client, postId, signal)
    const channel = channelOf(service, post, signal)
    // Looked up side by side; its failure is met below, before anything is told.
    channel.catch(() => undefined)
    if (service.guard !== undefined) await channel
    if (given.thread) return threadOf(service, post, channel, after, itemChars, signal)
    return singlePost(service, post, channel, given.offset, signal)
  },

  text({ channel, post, thread = [], next, left_out, notes = [] }) {
    return [
      `${channelHeading(channel)}. ${NOTICE}`,
      ...(post === undefined
        ? []
        : [`${post.time.slice(0, 10)}, updated ${post.updated}, ${post.link}`, postLine(post)]),
      ...(thread.length === 0 ? [] : [`Thread of ${thread.length} posts, oldest first, times in UTC:`]),
      ...postLines(thread),
      ...(left_out === undefined || thread.length === 0
        ? []
        : [`${left_out} posts of the thread did not fit.`]),
      ...notes,
      ...(next?.offset === undefined ? [] : [`next: offset=${next.offset}`]),
      ...(next?.after === undefined ? [] : [`next: thread=true after=${next.after}`]),
    ].join('\n')
  },
})

/** The channel of a post; nothing of the post may be told before it is known to be one that may be used. */
async function channelOf(
  service: MattermostService,
  post: WirePost,
  signal: AbortSignal,
): Promise<NamedChannel> {
  const { guard, known, client } = service
  const [wire, teams] = await Promise.all([
    guard === undefined
      ? known.channel(post.channel_id, signal)
      : getChannel(client, post.channel_id, signal),
    known.teams(signal),
  ])
  await guard?.check(wire, signal)
  const [channel] = await nameChannels(service, [wire], teams, signal)
  return channel as NamedChannel
}

/** With less of the text than this, less is told of what hangs on the post. */
const ENOUGH_TEXT = 200

/** What hangs on a post is told at some length where the post stands alone. */
const ATTACHMENT_CHARS = 6_000

async function singlePost(
  service: MattermostService,
  post: WirePost,
  channelFound: Promise<NamedChannel>,
  offset: number,
  signal: AbortSignal,
): Promise<Result<Output>> {
  const people = await findPeople(service, [post.user_id], signal)
  const channel = await channelFound
  const told = (chars: number, rest: number): Output => {
    const facts = describePost(post, people, { text: chars, rest }, offset)
    const shown = Array.from(facts.text).length
    return {
      notice: NOTICE,
      channel: describeChannel(channel, nameCharacters(rest)),
      post: {
        ...facts,
        link: permalink(service.client.server, channel, post.id),
        updated: exactTime(post.update_at),
      },
      ...(facts.text_left !== undefined && shown > 0 && { next: { offset: offset + shown } }),
    }
  }
  const size = Math.max(1, post.message.length)
  return { output: told(size, ATTACHMENT_CHARS), cut: { size, enough: ENOUGH_TEXT, keep: told } }
}

async function threadOf(
  service: MattermostService,
  post: WirePost,
  channelFound: Promise<NamedChannel>,
  after: string | undefined,
  itemChars: number,
  signal: AbortSignal,
): Promise<Result<Output>> {
  const list = await getThread(service.client, post.id, post.channel_id, signal)
  const people = await findPeople(
    service,
    list.posts.map(member => member.user_id),
    signal,
  )
  const channel = await channelFound
  const start = after === undefined ? 0 : list.posts.findIndex(member => member.id === after) + 1
  if (after !== undefined && start === 0) {
    throw new KosmoError('invalid_input', 'after: that post is not in this thread.')
  }
  const posts = list.posts.slice(start)
  const describe = describedOnce(people)
  const told = (count: number, chars: number): Output => {
    const shown = posts.slice(0, count)
    const last = shown.at(-1)?.id ?? after
    return {
      notice: NOTICE,
      channel: describeChannel(channel, nameCharacters(chars)),
      thread: shown.map(member => describe(member, chars)),
      ...(shown.length < posts.length && { left_out: posts.length - shown.length }),
      ...(shown.length < posts.length && last !== undefined && { next: { after: last } }),
      ...(list.missing > 0 && { notes: [`The server named ${list.missing} posts that it did not send.`] }),
    }
  }
  return { output: told(posts.length, itemChars), cut: { size: posts.length, keep: told } }
}
