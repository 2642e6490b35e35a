import * as z from 'zod'
import type { WriteSubject } from '../../../../shared/approvals/write-subject.ts'
import { KosmoError } from '../../../../shared/errors.ts'
import { wideMentions } from '../../../../shared/mattermost/wide-mentions.ts'
import { cleanText } from '../../../../shared/text/clean.ts'
import { onOneLine } from '../../../../shared/text/notice.ts'
import { ellipsis } from '../../../../shared/text/shorten.ts'
import { exactTime } from '../../../../shared/text/time.ts'
import { defineWrite } from '../../integration.ts'
import { getChannel, getPost, getStats } from '../api/reads.ts'
import type { WirePost, WireUser } from '../api/wire.ts'
import { createDirectChannel } from '../api/writes.ts'
import {
  channelFacts,
  channelHeading,
  describeChannel,
  nameCharacters,
} from '../channels/describe-channel.ts'
import { channelLabel } from '../channels/named-channel.ts'
import { earlierPost, postIntent } from '../posting/post-intent.ts'
import { checkLength, checkMessage } from '../posts/check-message.ts'
import { findPeople, userName } from '../posts/people.ts'
import { permalink } from '../posts/permalink.ts'
import { channelInput, referenceInput } from '../references/reference-input.ts'
import { channelReferenceOf, channelToWrite, type FoundChannel } from '../references/resolve-channel.ts'
import { postIdOf } from '../references/resolve-post.ts'
import type { MattermostService } from '../service.ts'

const input = z.strictObject({
  channel_id: channelInput,
  message: z.string().describe('Markdown'),
  root_id: referenceInput.optional().describe('Post to reply to'),
  idempotency_key: z.string().min(1).max(200).optional().describe('Same key: posted once'),
})

const output = z.object({
  id: z.string(),
  time: z.string(),
  channel: channelFacts,
  root: z.string().optional(),
  link: z.string(),
  deduplicated: z.boolean().optional(),
  notes: z.array(z.string()).optional(),
})
type Output = z.infer<typeof output>

export const createPostFunction = defineWrite<MattermostService, z.infer<typeof input>, Output>({
  name: 'mattermost_create_post',
  title: 'Create post',
  description:
    'Post a message to a Mattermost channel. Provide the channel_id and the message text. Returns the created post with its ID and timestamp.',
  input,
  output,

  async prepare(
    { service, signal, itemChars, client: caller },
    { channel_id, message, root_id, idempotency_key },
  ) {
    const { client, known, intents, queue } = service
    checkMessage(message)
    channelReferenceOf(service, 'channel_id', channel_id)
    const rootId = root_id === undefined ? undefined : postIdOf(service, 'root_id', root_id)
    const { maxPostSize } = await known.config(signal)
    checkLength(message, maxPostSize)
    const [me, target] = await Promise.all([
      known.me(signal),
      channelToWrite(service, 'channel_id', channel_id, signal),
    ])
    const root = rootId === undefined ? undefined : await rootOf(service, rootId, target, signal)
    const place = target.kind === 'channel' ? target.channel.wire.id : `@${target.person.id}`
    const draft = { authorId: me.id, place, rootId: root?.id, message }
    const source = { argument: idempotency_key, clientCall: caller.callId }
    const intent = intents.of(client.server.base, draft, source)
    const told = (post: WirePost) => ({
      output: describeCreated(service, post, message, target, nameCharacters(itemChars)),
    })
    return {
      key: intent.key,
      wideMentions: wideMentions(message),
      describe: describing => describeWrite(service, me, target, root, message, describing),
      async earlier(reading) {
        const post = await queue.run(place, () => earlierPost(service, intent, draft, reading))
        return post && told(post)
      },
      async send(sending) {
        // While somebody decided, channel or person may have been renamed out of what the account is limited to.
        if (target.kind === 'no-channel-yet') await service.guard?.checkPerson(target.person.id, sending)
        const channelId =
          target.kind === 'channel'
            ? target.channel.wire.id
            : (await createDirectChannel(client, [me.id, target.person.id], sending)).id
        const { post, duplicate } = await queue.run(place, async () => {
          // Checked anew just before it goes out: a person may have taken their time.
          if (service.guard !== undefined) {
            await service.guard.check(await getChannel(client, channelId, sending), sending)
          }
          if (sending.aborted)
            throw new KosmoError('cancelled', 'The call was cancelled; nothing was posted.')
          return postIntent(service, intent, draft, channelId, caller.name)
        })
        return { result: told(post), duplicate }
      },
    }
  },

  asDuplicate: output => ({
    ...output,
    deduplicated: true,
    notes: [
      ...(output.notes ?? []),
      'This was posted before and was not posted again. To post the same text once more, give a new idempotency_key.',
    ],
  }),

  text({ id, time, channel, root, link, deduplicated, notes = [] }) {
    const reply = root === undefined ? '' : ` in the thread of ${root}`
    return [
      `${deduplicated === true ? 'Already posted' : 'Posted'} ${id} at ${time} in ${channelHeading(channel)}${reply}`,
      link,
      ...notes,
    ].join('\n')
  },
})

/** The root of the thread that a post belongs to: models give the last reply, the server takes only roots. */
async function rootOf(
  service: MattermostService,
  postId: string,
  target: FoundChannel,
  signal: AbortSignal,
): Promise<WirePost> {
  const post = await getPost(service.client, postId, signal)
  const root = post.root_id === '' ? post : await getPost(service.client, post.root_id, signal)
  if (target.kind === 'channel' && root.channel_id === target.channel.wire.id) return root
  const other = await getChannel(service.client, root.channel_id, signal)
  await service.guard?.check(other, signal)
  const here = target.kind === 'channel' ? channelLabel(target.channel) : `@${target.person.username}`
  const there =
    other.display_name === '' ? 'another channel' : `"${ellipsis(cleanText(other.display_name), 64)}"`
  throw new KosmoError(
    'invalid_input',
    `root_id: that post is in ${there}, not in ${here}. Nothing was posted.`,
  )
}

async function describeWrite(
  service: MattermostService,
  me: WireUser,
  target: FoundChannel,
  root: WirePost | undefined,
  message: string,
  signal: AbortSignal,
): Promise<WriteSubject> {
  const people = await findPeople(service, root === undefined ? [] : [root.user_id], signal)
  const author = root && userName(people, root.user_id)
  return {
    service: 'Mattermost',
    server: service.client.server.label,
    author: `@${me.username}`,
    ...(await describeTarget(service, target, signal)),
    ...(root && { replyTo: `@${author}: ${ellipsis(onOneLine(cleanText(root.message)), 80)}` }),
    text: message,
    wideMentions: wideMentions(message),
  }
}

async function describeTarget(service: MattermostService, target: FoundChannel, signal: AbortSignal) {
  if (target.kind === 'no-channel-yet') {
    return { place: `@${target.person.username}`, audience: 'a new direct channel with them alone' }
  }
  const { channel } = target
  const stats = await getStats(service.client, channel.wire.id, signal)
  const team = channel.team === undefined ? [] : [`team ${channel.team}`]
  const members = stats === undefined ? [] : [`${stats.member_count} members`]
  return {
    place: channelLabel(channel),
    audience: [channel.title, ...team, channel.kind, ...members].join(', '),
  }
}

function describeCreated(
  service: MattermostService,
  post: WirePost,
  message: string,
  target: FoundChannel,
  nameChars: number,
): Output {
  const channel =
    target.kind === 'channel'
      ? describeChannel(target.channel, nameChars)
      : { id: post.channel_id, name: `@${target.person.username}`, type: 'direct' }
  const notes = [
    ...(message.startsWith('/')
      ? ['The text begins with / and was posted as it stands, not run as a command.']
      : []),
    ...(post.message !== message ? ['The server changed the text: get_post shows what is there now.'] : []),
  ]
  return {
    id: post.id,
    time: exactTime(post.create_at),
    channel,
    ...(post.root_id !== '' && { root: post.root_id }),
    link: permalink(
      service.client.server,
      { team: target.kind === 'channel' ? target.channel.team : undefined },
      post.id,
    ),
    ...(notes.length > 0 && { notes }),
  }
}
