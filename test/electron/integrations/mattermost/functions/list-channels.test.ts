import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf, type Output, textOf } from '../../../../support/tools/outputs.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterEach(() => town.calm())
afterAll(() => town.close())

const list = async (args = {}) => dataOf(await town.tools.call('list_channels', args))
const names = ({ channels }: Output) => channels.map(channel => channel.name).sort()

const OWN_OF_ENG = ['dev', 'off-topic', 'readonly', 'town-square', 'vault']
const PEOPLE = ['@alice', '@bob', '@dave', 'admin, alice, bob']

describe('list_channels', () => {
  it('lists the channels of the account: public, private, direct and group, of every team, and no other', async () => {
    const output = await list()
    expect(names(output)).toEqual([...OWN_OF_ENG, ...PEOPLE, 'dev', 'off-topic', 'town-square'].sort())
    expect(output.total).toBe(12)
  })

  it('gives id, name, type, team and, where it says more, the title', async () => {
    const { channels } = await list({ query: 'dev' })
    expect(channels.find(channel => channel.id === town.channels.webDev.id)).toMatchObject({
      id: town.channels.webDev.id,
      name: 'dev',
      title: 'Dev (website)',
      type: 'public',
      team: 'web',
    })
  })

  it('names direct channels by the other person and groups by their people', async () => {
    const { channels } = await list({ type: 'direct' })
    expect(channels.map(({ name, title }) => ({ name, title }))).toEqual([
      { name: '@bob', title: 'Bob Builder' },
      { name: '@alice', title: 'you' },
      { name: '@dave', title: 'Dave Moreau (deactivated)' },
    ])
    const [group] = (await list({ type: 'group' })).channels
    expect(group).toMatchObject({ name: 'admin, alice, bob', type: 'group' })
  })

  it('asks once for the people of all direct channels', async () => {
    const tools = town.toolsOf('alice')
    await tools.call('list_channels')
    expect(town.mattermost.requestsTo('POST', /users\/ids$/)).toHaveLength(1)
    town.calm()
    await tools.call('list_channels')
    expect(town.mattermost.requestsTo('POST', /users\/ids$/)).toHaveLength(0)
  })

  it.each([['eng'], ['ENG'], ['Engineering']])('filters by the team %s', async team => {
    expect(names(await list({ team }))).toEqual(OWN_OF_ENG)
  })

  it('filters by the id of a team', async () => {
    expect(names(await list({ team: town.teams.web.id }))).toEqual(['dev', 'off-topic', 'town-square'])
  })

  it.each([
    ['private', ['vault']],
    ['group', ['admin, alice, bob']],
  ])('filters by the type %s', async (type, expected) => {
    expect(names(await list({ type }))).toEqual(expected)
  })

  it.each([
    ['dev', ['dev', 'dev']],
    ['~dev', ['dev', 'dev']],
    ['ANNOUNCE', ['readonly']],
    ['@bo', ['@bob', 'admin, alice, bob']],
    ['no such thing', []],
  ])('filters by a part of the name or title: %s', async (query, expected) => {
    expect(names(await list({ query }))).toEqual(expected)
  })

  it('refuses a team that the account is not in and names the nearest', async () => {
    const error = errorOf(await town.tools.call('list_channels', { team: 'enf' }))
    expect(error).toContain('in no such team. Nearest: eng')
    expect(errorOf(await town.tools.call('list_channels', { team: 'ops' }))).toContain('[not_found')
  })

  it('pages stably: every channel once, last active first', async () => {
    const whole = await list()
    const paged: Output['channels'] = []
    let args: Record<string, unknown> | undefined = { per_page: 5 }
    while (args !== undefined) {
      const page: Output = await list(args)
      paged.push(...page.channels)
      args = page.next
    }
    expect(paged).toEqual(whole.channels)
    const lastPosts = whole.channels.map(({ id }) => town.world.channels.get(id)?.lastPostAt ?? 0)
    expect(lastPosts).toEqual([...lastPosts].sort((a, b) => b - a))
  })

  it('leaves archived channels out', async () => {
    expect(names(await list({ query: 'old' }))).toEqual([])
  })

  it('keeps names on their own lines', async () => {
    const { channel } = { channel: town.channels.offTopic }
    channel.displayName = 'a\nzzzzzzzzzzzzzzzzzzzzzzzzzz forged\u202e'
    const result = await town.tools.call('list_channels', { query: 'off-topic', team: 'eng' })
    channel.displayName = 'Off-Topic'
    expect(textOf(result).split('\n')).toHaveLength(2)
    expect(JSON.stringify(result)).not.toContain('\u202e')
  })

  it.each([
    { page: -1 },
    { per_page: 0 },
    { per_page: 'abc' },
    { type: 'secret' },
    { include_deleted: true },
    { team: '' },
  ])('refuses %j without asking the server', async args => {
    expect(errorOf(await town.tools.call('list_channels', args))).toContain('[invalid_input]')
    expect(await town.asked()).toEqual([])
  })

  it('refuses what can be no team without asking the server', async () => {
    for (const team of ['../x', 'a/../b', 'x'.repeat(27), 'A'.repeat(26)]) {
      expect(errorOf(await town.tools.call('list_channels', { team }))).toContain('[invalid_input]')
    }
    expect(await town.asked()).toEqual([])
  })
})
