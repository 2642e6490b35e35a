import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf, textOf } from '../../../../support/tools/outputs.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

describe('list_teams', () => {
  it('lists the teams that the account is in, sorted by display name, and no other', async () => {
    const { teams, total, next } = dataOf(await town.tools.call('list_teams'))
    expect(teams).toEqual([
      { id: town.teams.eng.id, name: 'eng', display_name: 'Engineering', type: 'open' },
      { id: town.teams.web.id, name: 'web', display_name: 'Website', type: 'open' },
    ])
    expect({ total, next }).toEqual({ total: 2, next: undefined })
  })

  it('lists invite-only teams of the account too', async () => {
    const { teams } = dataOf(await town.toolsOf('bob').call('list_teams'))
    expect(teams.find(team => team.name === 'ops')).toMatchObject({ type: 'invite only' })
  })

  it('never shows the invite id or the address of a team, which the server sends', async () => {
    const result = await town.tools.call('list_teams')
    const { eng } = town.teams
    expect(eng.inviteId).toHaveLength(26)
    expect(eng.email).not.toBe('')
    expect(JSON.stringify(result)).not.toContain(eng.inviteId)
    expect(JSON.stringify(result)).not.toContain(eng.email)
    expect(JSON.stringify(result)).not.toContain('invite_id')
  })

  it('gives an empty list to somebody in no team', async () => {
    const result = await town.toolsOf('carol').call('list_teams')
    expect(dataOf(result)).toMatchObject({ teams: [], total: 0 })
    expect(textOf(result)).toContain('0 of 0 teams')
  })

  it('pages through all teams exactly once', async () => {
    const first = dataOf(await town.tools.call('list_teams', { per_page: 1 }))
    expect(first.next).toEqual({ page: 1, per_page: 1 })
    const second = dataOf(await town.tools.call('list_teams', { per_page: 1, ...first.next }))
    expect(second.next).toBeUndefined()
    expect([...first.teams, ...second.teams].map(team => team.name)).toEqual(['eng', 'web'])
  })

  it('keeps text of a team on its own line', async () => {
    town.teams.web.description = 'x\nzzzzzzzzzzzzzzzzzzzzzzzzzz evil "Evil" (open)\u202e'
    const result = await town.tools.call('list_teams')
    town.teams.web.description = ''
    expect(textOf(result).split('\n')).toHaveLength(3)
    expect(textOf(result)).not.toContain('\u202e')
  })

  it.each([
    { per_page: 0 },
    { per_page: -1 },
    { per_page: 1.5 },
    { page: -1 },
    { page: 1e12 },
    { team: 'eng' },
  ])('refuses %j without asking the server', async args => {
    town.calm()
    expect(errorOf(await town.tools.call('list_teams', args))).toContain('invalid_input')
    expect(await town.asked()).toEqual([])
  })
})
