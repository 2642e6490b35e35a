import * as z from 'zod'
import { cleanLine, cleanText } from '../../../../shared/text/clean.ts'
import { NOTICE, onOneLine } from '../../../../shared/text/notice.ts'
import { ellipsis } from '../../../../shared/text/shorten.ts'
import { exactTime } from '../../../../shared/text/time.ts'
import { defineRead } from '../../integration.ts'
import { getChannel, getStats } from '../api/reads.ts'
import { channelHeading, nameCharacters } from '../channels/describe-channel.ts'
import { channelInput } from '../references/reference-input.ts'
import { channelToRead } from '../references/resolve-channel.ts'
import type { MattermostService } from '../service.ts'

const input = z.strictObject({
  channel_id: channelInput,
})

const details = z.object({
  id: z.string(),
  name: z.string(),
  display_name: z.string(),
  type: z.string(),
  team: z.string().optional(),
  archived: z.boolean().optional(),
  header: z.string(),
  purpose: z.string(),
  members: z.number().optional(),
  guests: z.number().optional(),
  pinned: z.number().optional(),
  created: z.string(),
  last_post: z.string().optional(),
})

const output = z.object({ notice: z.string(), channel: details })
type Output = z.infer<typeof output>

export const getChannelDetails = defineRead<MattermostService, z.infer<typeof input>, Output>({
  name: 'mattermost_get_channel',
  title: 'Get channel',
  description:
    'Get details of a specific Mattermost channel by ID. Returns channel name, display name, type, header, purpose, and member counts.',
  input,
  output,

  async run({ service, signal, itemChars }, { channel_id }) {
    const channel = await channelToRead(service, 'channel_id', channel_id, signal)
    // Found by names that may be a minute old; told as it is now, or as it was when it was found to be inside.
    const [wire, stats] = await Promise.all([
      service.guard === undefined ? getChannel(service.client, channel.wire.id, signal) : channel.wire,
      // A public channel shows itself to the whole team, its numbers only to members.
      getStats(service.client, channel.wire.id, signal),
    ])
    const nameChars = nameCharacters(itemChars)
    const details: Output['channel'] = {
      id: wire.id,
      name: ellipsis(channel.name, nameChars),
      display_name: ellipsis(channel.title, nameChars),
      type: channel.kind,
      ...(channel.team !== undefined && { team: ellipsis(channel.team, nameChars) }),
      ...(wire.delete_at > 0 && { archived: true }),
      header: ellipsis(cleanText(wire.header), itemChars),
      purpose: ellipsis(cleanLine(wire.purpose), itemChars),
      ...(stats && { members: stats.member_count, pinned: stats.pinnedpost_count }),
      ...(stats && stats.guest_count > 0 && { guests: stats.guest_count }),
      created: exactTime(wire.create_at),
      ...(wire.last_post_at > 0 && { last_post: exactTime(wire.last_post_at) }),
    }
    return { output: { notice: NOTICE, channel: details } }
  },

  text({ channel }) {
    const { members, guests, pinned } = channel
    const numbers =
      members === undefined
        ? 'members: not shown to this account (not a member)'
        : `members: ${members}${guests === undefined ? '' : ` (${guests} guests)`}, pinned posts: ${pinned ?? 0}`
    return [
      `${channelHeading({ ...channel, title: channel.display_name })}. ${NOTICE}`,
      numbers,
      `header: ${onOneLine(channel.header) || 'none'}`,
      `purpose: ${channel.purpose || 'none'}`,
      `created: ${channel.created}${channel.last_post === undefined ? '' : `, last post: ${channel.last_post}`}`,
    ].join('\n')
  },
})
