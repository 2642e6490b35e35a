import * as z from 'zod'
import { NOTICE } from '../../../../shared/text/notice.ts'
import { exactTime } from '../../../../shared/text/time.ts'
import { defineRead, type Result } from '../../integration.ts'
import { getPost, getThread } from '../api/reads.ts'
import type { WirePost } from '../api/wire.ts'
import { channelFacts, channelHeading, describeChannel } from '../channels/describe-channel.ts'
import { type NamedChannel, nameChannels } from '../channels/named-channel.ts'
import { describePost, type PostOutput, postLine, postLines, postOutput } from '../posts/describe-post.ts'
import { findPeople } from '../posts/people.ts'
import { permalink } from '../posts/permalink.ts'
import { postIdOf } from '../references/resolve-post.ts'
import type { MattermostService } from '../service.ts'

const input = z.strictObject({
  post_id: z.string().min(1).max(300).describe('Id or link'),
  thread: z.boolean().default(false).describe('The whole thread'),
  after: z.string().min(1).max(300).optional().describe('With thread: post id'),
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
    const channel = await channelOf(service, post, signal)
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

async function channelOf(
  service: MattermostService,
  post: WirePost,
  signal: AbortSignal,
): Promise<NamedChannel> {
  const [wire, teams] = await Promise.all([
    service.known.channel(post.channel_id, signal),
    service.known.teams(signal),
  ])
  const [channel] = await nameChannels(service, [wire], teams, signal)
  return channel as NamedChannel
}

async function singlePost(
  service: MattermostService,
  post: WirePost,
  channel: NamedChannel,
  offset: number,
  signal: AbortSignal,
): Promise<Result<Output>> {
  const people = await findPeople(service, [post.user_id], signal)
  const keep = (count: number): Output => {
    const facts: PostOutput = describePost(post, people, count, offset)
    return {
      notice: NOTICE,
      channel: describeChannel(channel),
      post: {
        ...facts,
        link: permalink(service.client.server, channel, post.id),
        updated: exactTime(post.update_at),
      },
      ...(facts.text_left !== undefined && { next: { offset: offset + Array.from(facts.text).length } }),
    }
  }
  const size = post.message.length
  return { output: keep(size), cut: { size, keep } }
}

async function threadOf(
  service: MattermostService,
  post: WirePost,
  channel: NamedChannel,
  after: string | undefined,
  itemChars: number,
  signal: AbortSignal,
): Promise<Result<Output>> {
  const list = await getThread(service.client, post.id, signal)
  const people = await findPeople(
    service,
    list.posts.map(member => member.user_id),
    signal,
  )
  const start = after === undefined ? 0 : list.posts.findIndex(member => member.id === after) + 1
  const posts = list.posts.slice(start).map(member => describePost(member, people, itemChars))
  const notes = list.missing === 0 ? [] : [`The server named ${list.missing} posts that it did not send.`]
  const whole: Output = {
    notice: NOTICE,
    channel: describeChannel(channel),
    thread: posts,
    ...(notes.length > 0 && { notes }),
  }
  const keep = (count: number): Output => {
    const last = posts[count - 1]?.id ?? after
    return {
      ...whole,
      thread: posts.slice(0, count),
      left_out: posts.length - count,
      ...(last !== undefined && { next: { after: last } }),
    }
  }
  return { output: whole, cut: { size: posts.length, keep } }
}
