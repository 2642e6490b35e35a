import type { ServerUrl } from '../../../../shared/mattermost/server-url.ts'
import type { NamedChannel } from '../channels/named-channel.ts'

/**
 * The link by which people open a post. Direct and group channels have no team, and the names of some take much room:
 * the server finds the team then.
 */
export function permalink(server: ServerUrl, channel: Pick<NamedChannel, 'team'>, postId: string): string {
  const { team = '' } = channel
  return `${server.base}/${team === '' || team.length > 30 ? '_redirect' : team}/pl/${postId}`
}
