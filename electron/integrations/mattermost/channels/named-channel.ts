import { cleanLine } from '../../../../shared/text/clean.ts'
import type { WireChannel, WireTeam, WireUser } from '../api/wire.ts'
import { findPeople, userName } from '../posts/people.ts'
import type { MattermostService } from '../service.ts'

export type ChannelKind = 'public' | 'private' | 'direct' | 'group'

/** A channel with the names that people know it by. */
export type NamedChannel = {
  wire: WireChannel
  kind: ChannelKind
  /** `dev`, `@bob`, or `alice, bob, carol` for a group. */
  name: string
  /** The name that its header shows; may equal `name`. */
  title: string
  /** Name of its team; none for direct and group channels. */
  team: string | undefined
}

const KINDS: Record<string, ChannelKind> = { O: 'public', P: 'private', D: 'direct', G: 'group' }

/** Names channels; people of direct channels are looked up together. */
export async function nameChannels(
  service: MattermostService,
  channels: readonly WireChannel[],
  teams: readonly WireTeam[],
  signal: AbortSignal,
): Promise<NamedChannel[]> {
  const direct = channels.filter(channel => channel.type === 'D')
  const me = direct.length === 0 ? undefined : await service.known.me(signal)
  const partners = direct.map(channel => partnerOf(channel, me))
  const people = await findPeople(service, partners, signal)
  const teamNames = new Map(teams.map(team => [team.id, cleanLine(team.name)]))
  return channels.map(channel => nameChannel(channel, me, people, teamNames))
}

function nameChannel(
  wire: WireChannel,
  me: WireUser | undefined,
  people: ReadonlyMap<string, WireUser>,
  teamNames: ReadonlyMap<string, string>,
): NamedChannel {
  // A type that we do not know yet is treated as the narrowest: nobody is told that it is public.
  const kind = KINDS[wire.type] ?? 'private'
  if (kind === 'direct') {
    const partner = partnerOf(wire, me)
    const title = partner === me?.id ? 'you' : personTitle(people.get(partner))
    return { wire, kind, name: `@${userName(people, partner)}`, title, team: undefined }
  }
  const title = cleanLine(wire.display_name)
  const name = kind === 'group' ? title : cleanLine(wire.name)
  return { wire, kind, name, title: title === '' ? name : title, team: teamNames.get(wire.team_id) }
}

/** The other one of a direct channel, whose name is both ids; oneself in the channel with oneself. */
function partnerOf(channel: WireChannel, me: WireUser | undefined): string {
  const [first = '', second = ''] = channel.name.split('__')
  return first === me?.id ? second : first
}

function personTitle(user: WireUser | undefined): string {
  if (user === undefined) return 'somebody unknown'
  const name =
    cleanLine(`${user.first_name} ${user.last_name}`) || cleanLine(user.nickname) || cleanLine(user.username)
  return user.delete_at > 0 ? `${name} (deactivated)` : user.is_bot ? `${name} (bot)` : name
}

/** A channel in a sentence: `~dev`, `@bob`, `group alice, bob`. */
export function channelLabel({ kind, name }: NamedChannel): string {
  return kind === 'direct' ? name : kind === 'group' ? `group ${name}` : `~${name}`
}

/** What answers `list_channels` and reads back as a reference: `eng/dev`, `@bob`. */
export function channelReference(channel: NamedChannel): string {
  return channel.team === undefined ? channelLabel(channel) : `${channel.team}/${channel.name}`
}
