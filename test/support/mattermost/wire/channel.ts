import type { Channel, Membership } from '../records.ts'

export function wireChannel(channel: Channel): Record<string, unknown> {
  return {
    id: channel.id,
    create_at: channel.createAt,
    update_at: channel.updateAt,
    delete_at: channel.deleteAt,
    team_id: channel.teamId,
    type: channel.type,
    display_name: channel.displayName,
    name: channel.name,
    header: channel.header,
    purpose: channel.purpose,
    last_post_at: channel.lastPostAt,
    total_msg_count: channel.totalMsgCount,
    extra_update_at: 0,
    creator_id: channel.creatorId,
    scheme_id: null,
    props: null,
    group_constrained: null,
    // False for direct channels, null for all others (seen on 6.7.3).
    shared: channel.type === 'D' ? false : null,
    total_msg_count_root: channel.totalMsgCountRoot,
    policy_id: null,
    last_root_post_at: channel.lastRootPostAt,
  }
}

export function wireMembership(
  channelId: string,
  personId: string,
  member: Membership,
): Record<string, unknown> {
  return {
    channel_id: channelId,
    user_id: personId,
    roles: member.admin ? 'channel_user channel_admin' : 'channel_user',
    last_viewed_at: member.lastViewedAt,
    // How many were READ: unread is total_msg_count minus this.
    msg_count: member.msgCount,
    mention_count: member.mentionCount,
    mention_count_root: member.mentionCountRoot,
    msg_count_root: member.msgCountRoot,
    notify_props: {
      desktop: 'default',
      email: 'default',
      ignore_channel_mentions: 'default',
      mark_unread: member.muted ? 'mention' : 'all',
      push: 'default',
    },
    last_update_at: member.lastUpdateAt,
    scheme_guest: false,
    scheme_user: true,
    scheme_admin: member.admin,
    explicit_roles: '',
  }
}

/** The ETag of a channel list: which one changed last, when, and how many there are. */
export function channelListEtag(version: string, channels: readonly Channel[]): string {
  let newest = { id: '0', at: 0 }
  for (const channel of channels) {
    const at = Math.max(channel.lastPostAt, channel.updateAt)
    if (at > newest.at) newest = { id: channel.id, at }
  }
  return `${version}.${newest.id}.${newest.at}.0.${channels.length}`
}
