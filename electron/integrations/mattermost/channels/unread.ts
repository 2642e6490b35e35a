import { getCollapsedThreadsChoice, getMemberships } from '../api/reads.ts'
import type { WireChannel, WireTeam } from '../api/wire.ts'
import type { MattermostService } from '../service.ts'

/** What is new in a channel for the account; nothing where nothing is. */
export type Unread = { unread?: number; mentions?: number }

/**
 * Unread posts and mentions by channel id. With collapsed threads replies do not count.
 *
 * Memberships come by team, each with the direct and group channels, which have no team of their own.
 */
export async function unreadCounts(
  service: MattermostService,
  channels: readonly WireChannel[],
  teams: readonly WireTeam[],
  signal: AbortSignal,
): Promise<Map<string, Unread>> {
  const [collapsed, ...memberships] = await Promise.all([
    collapsesThreads(service, signal),
    ...teams.map(team => getMemberships(service.client, team.id, signal)),
  ])
  const totals = new Map(
    channels.map(channel => [channel.id, collapsed ? channel.total_msg_count_root : channel.total_msg_count]),
  )
  const counts = new Map<string, Unread>()
  for (const member of memberships.flat()) {
    const total = totals.get(member.channel_id)
    if (total === undefined) continue
    const unread = Math.max(0, total - (collapsed ? member.msg_count_root : member.msg_count))
    const mentions = collapsed ? member.mention_count_root : member.mention_count
    counts.set(member.channel_id, { ...(unread > 0 && { unread }), ...(mentions > 0 && { mentions }) })
  }
  return counts
}

/** The server's setting, and where it leaves the choice the person's. */
async function collapsesThreads(service: MattermostService, signal: AbortSignal): Promise<boolean> {
  const { collapsedThreads } = await service.known.config(signal)
  if (collapsedThreads === 'disabled') return false
  if (collapsedThreads === 'always_on') return true
  const choice = await getCollapsedThreadsChoice(service.client, signal)
  return (choice ?? (collapsedThreads === 'default_on' ? 'on' : 'off')) === 'on'
}
