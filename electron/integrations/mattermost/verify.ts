import { KosmoError } from '../../../shared/errors.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { ellipsis } from '../../../shared/text/shorten.ts'
import type { Environment, Verified } from '../integration.ts'
import { pictureOf } from './api/picture.ts'
import { getMe, getMyTeams } from './api/reads.ts'
import { connectMattermost } from './service.ts'

/** Somebody waits before a form. */
const DEADLINE_MS = 30_000

/** Whose account these values are, by the server's word. @throws KosmoError naming what is wrong */
export async function verifyMattermost(
  credentials: Record<string, string | undefined>,
  environment: Environment,
): Promise<Verified> {
  const { client, guard } = connectMattermost(credentials, environment)
  const signal = AbortSignal.timeout(DEADLINE_MS)
  try {
    const me = await getMe(client, signal)
    const user = `@${told(me.username)}`
    if (me.delete_at > 0) {
      throw new KosmoError('unauthorized', `${client.server.label} says that ${user} is deactivated.`)
    }
    const [all, avatar] = await Promise.all([getMyTeams(client, signal), pictureOf(client, me.id, signal)])
    const teams = all.filter(team => guard?.isTeamInside(team) !== false)
    const warnings = []
    if (me.roles.split(' ').includes('system_admin')) {
      warnings.push(
        `${user} is a system administrator and can read everything. The token of a bot that is in few channels is safer.`,
      )
    }
    if (all.length === 0) warnings.push(`${user} is on no team, so it sees direct messages only.`)
    else if (teams.length === 0) warnings.push(`What the account is limited to is in no team of ${user}.`)
    const name = told(`${me.first_name} ${me.last_name}`) || told(me.nickname) || undefined
    const names = teams.map(team => told(team.name)).sort()
    const serverTime = client.serverTime()
    return { server: client.server.base, user, name, avatar, teams: names, warnings, serverTime }
  } finally {
    client.close()
  }
}

function told(name: string): string {
  return ellipsis(cleanLine(name), 64)
}
