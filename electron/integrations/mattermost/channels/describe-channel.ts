import * as z from 'zod'
import { ellipsis } from '../../../../shared/text/shorten.ts'
import type { NamedChannel } from './named-channel.ts'

/** A channel as every result names it. */
export const channelFacts = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  title: z.string().optional(),
  team: z.string().optional(),
  archived: z.boolean().optional(),
})
export type ChannelFacts = z.infer<typeof channelFacts>

/** Names of people and channels have at most 64 characters; where there is little room they are shortened. */
export function nameCharacters(itemChars: number): number {
  return itemChars < 30 ? 12 : itemChars < 100 ? 24 : 200
}

/** A channel in few words; the title is left out where the name says the same. */
export function describeChannel(channel: NamedChannel, nameChars = nameCharacters(Infinity)): ChannelFacts {
  const { wire, kind, team } = channel
  const [name, title] = [ellipsis(channel.name, nameChars), ellipsis(channel.title, nameChars)]
  return {
    id: wire.id,
    name,
    type: kind,
    ...(plain(title) !== plain(name) && { title }),
    ...(team !== undefined && { team: ellipsis(team, nameChars) }),
    ...(wire.delete_at > 0 && { archived: true }),
  }
}

/** The same facts for a reader: `eng/dev "Development" (public) <id>`. */
export function channelHeading(channel: ChannelFacts): string {
  const place = channel.team === undefined ? channel.name : `${channel.team}/${channel.name}`
  const title = channel.title === undefined ? '' : ` "${channel.title}"`
  return `${place}${title} (${channel.type}${channel.archived === true ? ', archived' : ''}) ${channel.id}`
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
