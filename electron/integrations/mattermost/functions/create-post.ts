import * as z from 'zod'
import { KosmoError } from '../../../../shared/errors.ts'
import { wideMentions } from '../../../../shared/mattermost/wide-mentions.ts'
import { cleanText } from '../../../../shared/text/clean.ts'
import { onOneLine } from '../../../../shared/text/notice.ts'
import { ellipsis } from '../../../../shared/text/shorten.ts'
import { exactTime } from '../../../../shared/text/time.ts'
import { visibleText } from '../../../../shared/text/visible.ts'
import { sha256 } from '../../../sha256.ts'
import { defineWrite, type PreparedWrite, type Result } from '../../integration.ts'
import { getChannel, getPost } from '../api/reads.ts'
import type { WirePost, WireUser } from '../api/wire.ts'
import { createDirectChannel } from '../api/writes.ts'
import {
  channelFacts,
  channelHeading,
  describeChannel,
  nameCharacters,
} from '../channels/describe-channel.ts'
import { channelLabel } from '../channels/named-channel.ts'
import { describeWrite } from '../posting/describe-write.ts'
import type { Intent } from '../posting/intents.ts'
import { type Draft, earlierPost, type MadePost, postIntent } from '../posting/post-intent.ts'
import { checkLength, checkMessage } from '../posts/check-message.ts'
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
  edited: z.boolean().optional(),
  sent: z.string().optional(),
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
    const { client, known, intents } = service
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
    return prepared({ service, caller: caller.name, itemChars, me, target, root, draft, intent })
  },

  asDuplicate: output => ({
    ...output,
    deduplicated: true,
    notes: [
      ...(output.notes ?? []),
      'This was posted before and was not posted again. To post the same text once more, give a new idempotency_key.',
    ],
  }),

  text({ id, time, channel, root, link, deduplicated, sent, notes = [] }) {
    const reply = root === undefined ? '' : ` in the thread of ${root}`
    return [
      `${deduplicated === true ? 'Already posted' : 'Posted'} ${id} at ${time} in ${channelHeading(channel)}${reply}`,
      link,
      ...notes,
      ...(sent === undefined ? [] : [`As posted: ${onOneLine(visibleText(sent))}`]),
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

/** Everything that a write stands on once it is looked up. `draft` has the text as it will be sent. */
type Ready = {
  service: MattermostService
  /** The client's name for itself. */
  caller: string
  itemChars: number
  me: WireUser
  target: FoundChannel
  root: WirePost | undefined
  draft: Draft
  intent: Intent
}

function prepared(ready: Ready): PreparedWrite<Output> {
  const { service, caller, itemChars, me, target, root, draft, intent } = ready
  const { client, known, queue } = service
  const { place, rootId, message } = draft
  // The result of a duplicate is not cut any more.
  const duplicateChars = itemChars < 100 ? 0 : itemChars
  return {
    key: intent.key,
    wideMentions: wideMentions(message),
    content: { server: client.server.label, channel: place, root: rootId, text: message },
    describe: signal => describeWrite(service, { me, target, root, draft }, signal),
    async edited(text, signal) {
      checkMessage(text)
      checkLength(text, (await known.config(signal)).maxPostSize)
      return prepared({ ...ready, draft: { ...draft, message: text } })
    },
    async earlier(signal) {
      const made = await queue.run(place, () => earlierPost(service, intent, draft, signal))
      return made && told(ready, made, duplicateChars)
    },
    async send(signal, isHeard) {
      // While somebody decided, channel or person may have been renamed out of what the account is limited to.
      if (target.kind === 'no-channel-yet') await service.guard?.checkPerson(target.person.id, signal)
      const channelId =
        target.kind === 'channel'
          ? target.channel.wire.id
          : (await createDirectChannel(client, [me.id, target.person.id], signal)).id
      const { duplicate, ...made } = await queue.run(place, async () => {
        // Checked anew just before it goes out: a person may have taken their time.
        if (service.guard !== undefined) {
          await service.guard.check(await getChannel(client, channelId, signal), signal)
        }
        if (signal.aborted) throw new KosmoError('cancelled', 'The call was cancelled; nothing was posted.')
        return postIntent(service, intent, draft, channelId, { name: caller, isHeard })
      })
      return { result: told(ready, made, duplicate ? duplicateChars : Infinity), duplicate }
    },
  }
}

/** The result for a post. A text that a person made of it is told whole where it fits, else as much as fits. */
function told(ready: Ready, made: MadePost, sentChars: number): Result<Output> {
  const keep = (count: number): Output => describeCreated(ready, made, count)
  const output = keep(sentChars)
  return output.sent === undefined
    ? { output }
    : { output, cut: { size: Array.from(output.sent).length, keep } }
}

function describeCreated(
  { service, target, draft, intent, itemChars }: Ready,
  { post, sentHash }: MadePost,
  sentChars: number,
): Output {
  const channel =
    target.kind === 'channel'
      ? describeChannel(target.channel, nameCharacters(itemChars))
      : { id: post.channel_id, name: `@${target.person.username}`, type: 'direct' }
  const edited = sentHash !== intent.hash
  // Of an earlier call's text there is only the hash, and what stands in the channel now.
  const sent = [draft.message, post.message].find(text => sha256(text) === sentHash)
  const isTold = edited && sent !== undefined && sentChars > 0
  const notes = [
    ...(edited ? [editedNote(isTold ? Array.from(sent).length > sentChars : undefined)] : []),
    ...(sent?.startsWith('/') === true && (isTold || !edited)
      ? ['The text begins with / and was posted as it stands, not run as a command.']
      : []),
    ...(sha256(post.message) !== sentHash && (isTold || !edited)
      ? ['The server changed the text: get_post shows what is there now.']
      : []),
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
    ...(edited && { edited }),
    ...(isTold && { sent: ellipsis(sent, sentChars) }),
    ...(notes.length > 0 && { notes }),
  }
}

/** @param isCut whether `sent` is only the beginning; undefined where there is no `sent` */
function editedNote(isCut: boolean | undefined): string {
  const where =
    isCut === undefined
      ? 'get_post shows what is there now.'
      : isCut
        ? '"sent" is how it begins, get_post shows the rest.'
        : '"sent" is what was posted.'
  return `The person changed the message before it was posted: ${where}`
}
