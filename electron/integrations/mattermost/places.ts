import { cleanLine } from '../../../shared/text/clean.ts'
import { ellipsis } from '../../../shared/text/shorten.ts'
import type { Environment, Place } from '../integration.ts'
import { getMyChannels, getMyTeams } from './api/reads.ts'
import type { WireChannel } from './api/wire.ts'
import { connectMattermost } from './service.ts'

/** Somebody waits before a list. */
const DEADLINE_MS = 30_000

const KINDS: Record<string, 'public' | 'private'> = { O: 'public', P: 'private' }

/** Teams and channels that the account is in, by title; archived ones and direct channels left out. @throws KosmoError */
export async function placesOfMattermost(
  credentials: Record<string, string | undefined>,
  environment: Environment,
): Promise<Place[]> {
  const { client } = connectMattermost({ ...credentials, scope: undefined }, environment)
  const signal = AbortSignal.timeout(DEADLINE_MS)
  try {
    const [teams, channels] = await Promise.all([getMyTeams(client, signal), getMyChannels(client, signal)])
    return teams
      .map(({ id, name, display_name }) => ({
        team: told(name),
        title: told(display_name) || told(name),
        channels: channels
          .filter(({ team_id, delete_at }) => team_id === id && delete_at === 0)
          .flatMap(channelOf)
          .sort(byTitle),
      }))
      .sort(byTitle)
  } finally {
    client.close()
  }
}

function channelOf({ type, name, display_name }: WireChannel): Place['channels'] {
  const kind = KINDS[type]
  if (kind === undefined) return []
  return [{ channel: told(name), title: told(display_name) || told(name), kind }]
}

function byTitle(a: { title: string }, b: { title: string }): number {
  return a.title.localeCompare(b.title, 'en')
}

function told(name: string): string {
  return ellipsis(cleanLine(name), 100)
}
