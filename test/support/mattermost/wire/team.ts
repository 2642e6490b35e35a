import type { Team } from '../records.ts'

export type TeamView = { invite: boolean; email: boolean }

/** A team on the wire; the invite id, a join link, goes to plain members too. */
export function wireTeam(team: Team, shows: TeamView): Record<string, unknown> {
  return {
    id: team.id,
    create_at: team.createAt,
    update_at: team.updateAt,
    delete_at: 0,
    display_name: team.displayName,
    name: team.name,
    description: team.description,
    email: shows.email ? team.email : '',
    type: team.type,
    company_name: '',
    allowed_domains: '',
    invite_id: shows.invite ? team.inviteId : '',
    allow_open_invite: team.allowOpenInvite,
    scheme_id: null,
    group_constrained: null,
    policy_id: null,
  }
}
