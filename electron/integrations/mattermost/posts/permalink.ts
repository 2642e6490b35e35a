import type { ServerUrl } from '../../../../shared/mattermost/server-url.ts'
import type { NamedChannel } from '../channels/named-channel.ts'

/** The link by which people open a post; direct and group channels have no team, the server finds one for them. */
export function permalink(server: ServerUrl, channel: Pick<NamedChannel, 'team'>, postId: string): string {
  return `${server.base}/${channel.team ?? '_redirect'}/pl/${postId}`
}
