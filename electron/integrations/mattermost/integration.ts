import type { Integration } from '../integration.ts'
import { createPostFunction } from './functions/create-post.ts'
import { getChannelDetails } from './functions/get-channel.ts'
import { getCurrentUser } from './functions/get-current-user.ts'
import { getPostDetails } from './functions/get-post.ts'
import { listChannels } from './functions/list-channels.ts'
import { listPosts } from './functions/list-posts.ts'
import { listTeams } from './functions/list-teams.ts'
import { placesOfMattermost } from './places.ts'
import { resolveLeftovers } from './posting/resolve-leftovers.ts'
import { mattermostRehearsal } from './rehearsal.ts'
import { connectMattermost, type MattermostService } from './service.ts'
import { verifyMattermost } from './verify.ts'

const WARM_UP_MS = 20_000

export const mattermost: Integration<MattermostService> = {
  id: 'mattermost',
  name: 'Mattermost',
  credentials: [
    {
      key: 'url',
      label: 'Server URL',
      type: 'url',
      required: true,
      description: 'Where Mattermost is, e.g. https://chat.example.org',
      variable: 'MATTERMOST_URL',
    },
    {
      key: 'access_token',
      label: 'Access Token',
      type: 'secret',
      required: true,
      description: 'A personal access token or the token of a bot',
      variable: 'MATTERMOST_ACCESS_TOKEN',
    },
    {
      key: 'scope',
      label: 'Limited to',
      type: 'text',
      required: false,
      description: 'Teams and channels that may be used, e.g. eng/*, ops/alerts, @bob; all where empty',
      variable: 'MATTERMOST_SCOPE',
    },
    {
      key: 'ca_file',
      label: 'Authorities',
      type: 'file',
      required: false,
      description: 'A PEM file with further authorities to trust',
      variable: 'MATTERMOST_CA_FILE',
      isConnection: true,
    },
    {
      key: 'proxy',
      label: 'Proxy',
      // It may hold a password.
      type: 'secret',
      required: false,
      description: 'The proxy before the server, e.g. http://proxy.example.org:3128',
      variable: 'MATTERMOST_PROXY',
      isConnection: true,
    },
  ],
  functions: [
    listChannels,
    getChannelDetails,
    createPostFunction,
    listPosts,
    getPostDetails,
    listTeams,
    getCurrentUser,
  ],
  connect: connectMattermost,
  verify: verifyMattermost,
  places: placesOfMattermost,
  rehearsal: mattermostRehearsal,
  async warmUp(service) {
    const signal = AbortSignal.timeout(WARM_UP_MS)
    // Every result names teams, and most calls look two things up side by side: the first finds both connections.
    await Promise.all([service.known.teams(signal), service.client.ping()])
    await resolveLeftovers(service, signal)
  },
}
