import * as z from 'zod'
import { NOTICE } from '../../../../shared/text/notice.ts'
import { defineRead } from '../../integration.ts'
import { getMyChannels, getMyChannelsOfTeam, getMyTeams } from '../api/reads.ts'
import { channelFacts, channelHeading, describeChannel } from '../channels/describe-channel.ts'
import { type NamedChannel, nameChannels } from '../channels/named-channel.ts'
import { unreadCounts } from '../channels/unread.ts'
import { findTeam } from '../references/resolve-team.ts'
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

  async run({ service, signal }, { team, type, query, page, per_page }) {
    const { client } = service
    const everything = team === undefined ? getMyChannels(client, signal) : undefined
    everything?.catch(() => undefined)
    const teams = await getMyTeams(client, signal)
    const ofTeam = team === undefined ? undefined : findTeam(teams, 'team', team)
    const wires =
      everything === undefined
        ? await getMyChannelsOfTeam(client, ofTeam?.id ?? '', signal)
        : await everything
    // The route of a team brings direct and group channels too, which belong to no team.
    const own = ofTeam === undefined ? wires : wires.filter(wire => wire.team_id === ofTeam.id)
    const [named, unread] = await Promise.all([
      nameChannels(service, own, teams, signal),
      unreadCounts(service, own, ofTeam === undefined ? teams : [ofTeam], signal),
    ])
    const matching = named.filter(channel => matches(channel, type, query)).sort(byLastPost)
    const perPage = Math.min(per_page, MAX_PER_PAGE)
    const shown = matching.slice(page * perPage, (page + 1) * perPage)
    const output: Output = {
      notice: NOTICE,
      channels: shown.map(channel => ({ ...describeChannel(channel), ...unread.get(channel.wire.id) })),
      total: matching.length,
      ...((page + 1) * perPage < matching.length && { next: { page: page + 1, per_page: perPage } }),
    }
    return { output, cut: { size: shown.length, keep: count => keep(output, page * perPage, count) } }
  },

  text({ channels, total, next, left_out }) {
    return [
      `${channels.length} of ${total} channels, last active first. ${NOTICE}`,
      ...channels.map(channel => `${channelHeading(channel)}${unreadText(channel)}`),
      ...(left_out === undefined ? [] : [`${left_out} channels did not fit.`]),
      ...(next === undefined ? [] : [`next: page=${next.page} per_page=${next.per_page}`]),
    ].join('\n')
  },
})

function keep(output: Output, start: number, count: number): Output {
  const next = pageAt(start + count, count)
  return {
    ...output,
    channels: output.channels.slice(0, count),
    ...(next && { next }),
    left_out: output.channels.length - count,
  }
}

/** The page that begins at `position` and has at most `fits` channels: what did not fit is on it. */
function pageAt(position: number, fits: number): { page: number; per_page: number } | undefined {
  for (let perPage = fits; perPage > 0; perPage--) {
    if (position % perPage === 0) return { page: position / perPage, per_page: perPage }
  }
  return undefined
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
