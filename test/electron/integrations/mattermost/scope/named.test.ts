import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Tools } from '../../../../support/tools/open-tools.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf, textOf } from '../../../../support/tools/outputs.ts'
import {
  expectNothing,
  expectNothingTold,
  expectRefused,
  type Hidden,
  hide,
  limitedTo,
} from './hidden-place.ts'

let town: Town
let hidden: Hidden
beforeAll(async () => {
  town = await openTown()
  hidden = hide(town)
})
afterEach(() => town.calm())
afterAll(() => town.close())

const everyCall = async (tools: Tools, channel_id: string) => [
  await tools.call('list_posts', { channel_id }),
  await tools.call('get_channel', { channel_id }),
  await tools.call('create_post', { channel_id, message: 'hello' }),
]

describe('list_channels', () => {
  it('names those inside and says how many others there are, in data and text', async () => {
    const all = dataOf(await town.tools.call('list_channels'))
    const result = await limitedTo('eng/dev, @bob', town).call('list_channels')
    const { channels, total, outside } = dataOf(result) as ReturnType<typeof dataOf> & { outside?: number }
    expect(channels.map(({ name }) => name).sort()).toEqual(['@bob', 'dev'])
    expect(total).toBe(2)
    expect(outside).toBe(all.total - 2)
    expect(textOf(result)).toContain(`${outside} channels are outside of what this account is limited to.`)
    expectNothingTold(result)
  })

  it.each([{ query: 'krypton' }, { type: 'group' }, { type: 'private' }, { page: 1, per_page: 1 }])(
    'tells nothing of others with %j',
    async args => {
      expectNothingTold(await limitedTo('eng/dev, @bob', town).call('list_channels', args))
    },
  )

  it('takes a team of which something is inside, and knows of no other', async () => {
    const tools = limitedTo('eng/dev, @bob', town)
    const { channels } = dataOf(await tools.call('list_channels', { team: 'eng' }))
    expect(channels.map(({ name }) => name)).toEqual(['dev'])
    for (const team of ['web', 'Website', town.teams.web.id, 'wep']) {
      const error = expectNothing(await tools.call('list_channels', { team }), town)
      expect(error).toMatch(/in no such team.*\[not_found\]/)
      expect(error).not.toMatch(/web|Website/)
    }
  })

  it('is empty where nothing is inside, and says so', async () => {
    const { channels, total } = dataOf(await limitedTo('nowhere/at-all', town).call('list_channels'))
    expect({ channels, total }).toEqual({ channels: [], total: 0 })
  })
})

describe('list_teams', () => {
  it('names those of which something is inside and says how many others there are', async () => {
    const result = await limitedTo('eng/dev', town).call('list_teams')
    expect(dataOf(result)).toMatchObject({ total: 1, outside: 1, teams: [{ name: 'eng' }] })
    expect(textOf(result)).toContain('1 teams are outside')
    expect(JSON.stringify(result)).not.toContain('web')
  })

  it('names none under a scope of people', async () => {
    const result = await limitedTo('@*', town).call('list_teams')
    expect(dataOf(result)).toMatchObject({ total: 0, outside: 2, teams: [] })
  })
})

describe('without a scope', () => {
  it.each([undefined, '', '   ', '\n\t'])('(%j) nothing is left out', async text => {
    const tools = town.toolsOf('alice', {
      variables: text === undefined ? {} : { MATTERMOST_SCOPE: text },
    })
    for (const name of ['list_channels', 'list_teams']) {
      expect(dataOf(await tools.call(name))).not.toHaveProperty('outside')
    }
    const post_id = hidden.postIn(hidden.direct).id
    expect(dataOf(await tools.call('get_post', { post_id })).post.text).toContain('sesame')
    dataOf(await tools.call('create_post', { channel_id: hidden.vault.id, message: 'hello' }))
  })
})

describe('what is suggested', () => {
  it.each([
    'krypto-board',
    'krypton-bord',
    'eng/krypton-bord',
    'web/krypton-vaul',
    '~krypton',
    'Krypton Bord',
  ])('instead of %s is never outside', async reference => {
    const given = reference.replace(/^[~]/, '')
    for (const result of await everyCall(limitedTo('eng/dev, @bob', town), reference)) {
      expect(town.writes()).toEqual([])
      const told = errorOf(result)
        .replaceAll(given, '')
        .replaceAll(given.split('/')[1] ?? given, '')
      expect(told).not.toMatch(/krypton|sesame|quark/i)
    }
  })

  it('is what is inside', async () => {
    for (const result of await everyCall(limitedTo('eng', town), 'eng/dew')) {
      expect(errorOf(result)).toContain('Nearest: eng/dev')
    }
  })

  it('is no team outside', async () => {
    for (const reference of ['wep/dev', 'webb/dev']) {
      for (const result of await everyCall(limitedTo('eng', town), reference)) {
        expect(errorOf(result)).not.toMatch(/\bweb\b|Website/)
      }
    }
  })

  it('of a team outside is not even that it lacks a channel', async () => {
    for (const result of await everyCall(limitedTo('eng', town), 'web/nothing-there')) {
      expectRefused(result, town)
    }
  })
})

describe('a name that could be several', () => {
  it('is the one inside where the others are not', async () => {
    for (const [scope, id] of [
      ['eng', town.channels.dev.id],
      ['web', town.channels.webDev.id],
    ] as const) {
      for (const result of await everyCall(limitedTo(scope, town), '~dev')) {
        expect(dataOf(result).channel.id).toBe(id)
      }
      town.calm()
    }
  })

  it('names only the candidates inside', async () => {
    const { world, teams, people } = town
    const third = world.addTeam('quark', { creator: people.alice })
    for (const team of [teams.eng, teams.web, third]) {
      world.addChannel(team, 'plans', { creator: people.alice, displayName: `Plans of ${team.name}` })
    }
    for (const result of await everyCall(limitedTo('eng web', town), '~plans')) {
      const error = expectNothing(result, town)
      expect(error).toMatch(/eng\/plans.*web\/plans.*\[ambiguous\]/)
    }
  })
})

describe('a scope that is not understood', () => {
  it.each(['eng/dev/x', '@', ',', 'eng; ops', '*.*|x', '!ops'])(
    '(%s) lets nothing through and nothing is sent',
    async text => {
      const tools = limitedTo(text, town)
      const { dev } = town.channels
      const results = [
        ...(await everyCall(tools, dev.id)),
        await tools.call('list_channels'),
        await tools.call('list_teams'),
        await tools.call('get_post', { post_id: hidden.postIn(hidden.board).id }),
      ]
      for (const result of results) expect(errorOf(result)).toMatch(/MATTERMOST_SCOPE.*\[not_configured\]/)
      expect(await town.asked()).toEqual([])
    },
  )
})
