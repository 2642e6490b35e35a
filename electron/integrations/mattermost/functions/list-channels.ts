import * as z from 'zod'
import { pageAt } from '../../../../shared/results/page-at.ts'
import { NOTICE } from '../../../../shared/text/notice.ts'
import { defineRead } from '../../integration.ts'
import { getMyChannels, getMyChannelsOfTeam } from '../api/reads.ts'
import {
  channelFacts,
  channelHeading,
  describeChannel,
  nameCharacters,
} from '../channels/describe-channel.ts'
import { type NamedChannel, nameChannels } from '../channels/named-channel.ts'
import { unreadCounts } from '../channels/unread.ts'
import { checkTeamReference, findTeam } from '../references/resolve-team.ts'
import type { MattermostService } from '../service.ts'

const MAX_PER_PAGE = 200

const input = z.strictObject({
  team: z.string().min(1).max(100).optional().describe('Id or name'),
  type: z.enum(['public', 'private', 'direct', 'group']).optional(),
  query: z.string().min(1).max(100).optional().describe('Part of a name'),
  page: z.int().min(0).max(100_000).default(0),
  per_page: z.int().min(1).default(60),
})

const output = z.object({
  notice: z.string(),
  channels: z.array(channelFacts.extend({ unread: z.number().optional(), mentions: z.number().optional() })),
  total: z.number(),
  /** Those that the account is not limited to. */
  outside: z.number().optional(),
  next: z.object({ page: z.number(), per_page: z.number() }).optional(),
  left_out: z.number().optional(),
})
type Output = z.infer<typeof output>

export const listChannels = defineRead<MattermostService, z.infer<typeof input>, Output>({
  name: 'mattermost_list_channels',
  title: 'List channels',
  description:
    'List channels the current user belongs to in Mattermost. Returns channel IDs, names, types, and team associations. Use this to discover available channels before posting messages or reading posts.',
  input,
  output,

  async run({ service, signal, itemChars }, { team, type, query, page, per_page }) {
    const { client, known } = service
    if (team !== undefined) checkTeamReference('team', team)
    const everything = team === undefined ? getMyChannels(client, signal) : undefined
    everything?.catch(() => undefined)
    const teams = await known.freshTeams(signal)
    const usable = teams.filter(known => service.guard?.isTeamInside(known) !== false)
    const ofTeam = team === undefined ? undefined : findTeam(usable, 'team', team)
    const wires = await (everything ?? getMyChannelsOfTeam(client, ofTeam?.id ?? '', signal))
    // The route of a team brings direct and group channels too, which belong to no team.
    const mine = ofTeam === undefined ? wires : wires.filter(wire => wire.team_id === ofTeam.id)
    const { inside: own, outside } = (await service.guard?.filter(mine, signal)) ?? {
      inside: mine,
      outside: 0,
    }
    const [named, unread] = await Promise.all([
      nameChannels(service, own, teams, signal),
      unreadCounts(service, own, ofTeam === undefined ? teams : [ofTeam], signal),
    ])
    const matching = named.filter(channel => matches(channel, type, query)).sort(byLastPost)
    const perPage = Math.min(per_page, MAX_PER_PAGE)
    const shown = matching.slice(page * perPage, (page + 1) * perPage)
    const further = (page + 1) * perPage < matching.length
    const told = (count: number, chars: number): Output => {
      const next =
        count < shown.length ? pageAt(page * perPage + count, count) : further && nextPage(page, perPage)
      return {
        notice: NOTICE,
        channels: shown.slice(0, count).map(channel => ({
          ...describeChannel(channel, nameCharacters(chars)),
          ...unread.get(channel.wire.id),
        })),
        total: matching.length,
        ...(outside > 0 && { outside }),
        ...(next && { next }),
        ...(count < shown.length && { left_out: shown.length - count }),
      }
    }
    return { output: told(shown.length, itemChars), cut: { size: shown.length, keep: told } }
  },

  text({ channels, total, outside, next, left_out }) {
    return [
      `${channels.length} of ${total} channels, last active first. ${NOTICE}`,
      ...channels.map(channel => `${channelHeading(channel)}${unreadText(channel)}`),
      ...(outside === undefined
        ? []
        : [`${outside} channels are outside of what this account is limited to.`]),
      ...(left_out === undefined ? [] : [`${left_out} channels did not fit.`]),
      ...(next === undefined ? [] : [`next: page=${next.page} per_page=${next.per_page}`]),
    ].join('\n')
  },
})

function nextPage(page: number, perPage: number) {
  return { page: page + 1, per_page: perPage }
}

function matches(channel: NamedChannel, type: string | undefined, query: string | undefined): boolean {
  if (type !== undefined && channel.kind !== type) return false
  if (channel.wire.delete_at > 0) return false
  const wanted = query?.toLowerCase().replace(/^[~#@]/, '')
  return wanted === undefined || `${channel.name}\n${channel.title}`.toLowerCase().includes(wanted)
}

function byLastPost(a: NamedChannel, b: NamedChannel): number {
  return b.wire.last_post_at - a.wire.last_post_at || (a.wire.id < b.wire.id ? -1 : 1)
}

function unreadText({ unread, mentions }: Output['channels'][number]): string {
  if (unread === undefined) return ''
  return ` unread ${unread}${mentions === undefined ? '' : ` (${mentions} mentions)`}`
}
