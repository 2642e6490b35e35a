import { KosmoError } from '../../../../shared/errors.ts'
import {
  isInScope,
  isTeamInScope,
  type Scope,
  type ScopedChannel,
} from '../../../../shared/mattermost/scope.ts'
import { getMe, getMyTeams, getUsersByIds } from '../api/reads.ts'
import type { WireChannel, WireTeam, WireUser } from '../api/wire.ts'
import type { MattermostClient } from '../http/client.ts'

/**
 * Holds an account to the teams and channels that it is limited to, for reads and writes, however a channel was named.
 *
 * Names are asked for anew each time: a channel that was renamed, or a team, is judged by what it is called now. What
 * cannot be resolved is outside.
 */
export class ScopeGuard {
  readonly #scope: Scope
  readonly #client: MattermostClient

  constructor(scope: Scope, client: MattermostClient) {
    this.#scope = scope
    this.#client = client
  }

  /** @throws KosmoError `forbidden` where the channel, as it is now, is outside */
  async check(channel: WireChannel, signal: AbortSignal): Promise<void> {
    const { inside } = await this.filter([channel], signal)
    if (inside.length === 0) throw outside()
  }

  /** @throws KosmoError `forbidden` where a new direct channel with that person, as they are called now, would be outside */
  async checkPerson(id: string, signal: AbortSignal): Promise<void> {
    const person = (await this.#people([id], signal)).get(id)?.username ?? ''
    if (!isInScope(this.#scope, { kind: 'direct', id: '', person })) throw outside()
  }

  /** @throws KosmoError `forbidden` where nothing in a team may be used: not even what is not in it is told */
  checkTeam(team: WireTeam): void {
    if (!this.isTeamInside(team)) throw outside()
  }

  /** Parts channels into those inside and the number of those outside. */
  async filter(
    channels: readonly WireChannel[],
    signal: AbortSignal,
  ): Promise<{ inside: WireChannel[]; outside: number }> {
    const direct = channels.filter(({ type }) => type === 'D')
    const [teams, me] = await Promise.all([
      channels.some(({ team_id }) => team_id !== '') ? getMyTeams(this.#client, signal) : [],
      direct.length > 0 ? getMe(this.#client, signal) : undefined,
    ])
    const people = await this.#people(
      direct.map(channel => partnerOf(channel, me)).filter(id => id !== ''),
      signal,
    )
    const inside = channels.filter(channel => {
      const scoped = describe(channel, teams, me, people)
      return scoped !== undefined && isInScope(this.#scope, scoped)
    })
    return { inside, outside: channels.length - inside.length }
  }

  isTeamInside(team: WireTeam): boolean {
    return isTeamInScope(this.#scope, team)
  }

  async #people(ids: string[], signal: AbortSignal): Promise<Map<string, WireUser>> {
    const people = new Map<string, WireUser>()
    for (let start = 0; start < ids.length; start += 100) {
      const found = await getUsersByIds(this.#client, ids.slice(start, start + 100), signal)
      for (const user of found) people.set(user.id, user)
    }
    return people
  }
}

function describe(
  channel: WireChannel,
  teams: readonly WireTeam[],
  me: WireUser | undefined,
  people: ReadonlyMap<string, WireUser>,
): ScopedChannel | undefined {
  const { id, type, name } = channel
  if (type === 'G') return { kind: 'group', id }
  if (type === 'D') {
    const person = people.get(partnerOf(channel, me))
    // Without the person's name only the channel's own id can let it in.
    return { kind: 'direct', id, person: person?.username ?? '' }
  }
  const team = teams.find(candidate => candidate.id === channel.team_id)
  return team && { kind: 'team', id, name, teamId: team.id, teamName: team.name }
}

/** The other one's id; empty for a channel of two others, which administrators can read: it is not one with either. */
function partnerOf(channel: WireChannel, me: WireUser | undefined): string {
  const [first = '', second = ''] = channel.name.split('__')
  if (first === me?.id) return second
  return second === me?.id ? first : ''
}

function outside(): KosmoError {
  return new KosmoError(
    'forbidden',
    'That is outside of the teams and channels that this account is limited to. A person can change the limits (MATTERMOST_SCOPE).',
  )
}
