import { KosmoError } from '../../../../shared/errors.ts'
import { readTeamReference } from '../../../../shared/mattermost/reference.ts'
import { nearest } from '../../nearest.ts'
import type { WireTeam } from '../api/wire.ts'

/** Refuses what cannot name a team, before anything is asked. @throws KosmoError `invalid_input` */
export function checkTeamReference(field: string, input: string): void {
  const reference = readTeamReference(input)
  if (reference.kind === 'unreadable') throw new KosmoError('invalid_input', `${field}: ${reference.why}`)
}

/** The one of the account's teams that `input` names, by id, name or display name. @throws KosmoError */
export function findTeam(teams: readonly WireTeam[], field: string, input: string): WireTeam {
  const reference = readTeamReference(input)
  if (reference.kind === 'unreadable') throw new KosmoError('invalid_input', `${field}: ${reference.why}`)
  const wanted = reference.kind === 'id' ? reference.id : reference.name.toLowerCase()
  const matches =
    [
      teams.filter(team => team.id === wanted || team.name.toLowerCase() === wanted),
      teams.filter(team => team.display_name.toLowerCase() === wanted),
    ].find(found => found.length > 0) ?? []
  const [only] = matches
  if (only === undefined) {
    const near = nearest(
      wanted,
      teams.map(team => team.name),
    )
    const advice = near.length === 0 ? 'list_teams shows which there are.' : `Nearest: ${near.join(', ')}.`
    throw new KosmoError('not_found', `${field}: this account is in no such team. ${advice}`)
  }
  if (matches.length === 1) return only
  const names = matches
    .slice(0, 8)
    .map(team => team.name)
    .join(', ')
  throw new KosmoError('ambiguous', `${field}: that could be ${names}. Name one of them.`)
}
