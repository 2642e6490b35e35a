import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../../../support/mattermost/faults.ts'
import type { Tools } from '../../../../support/tools/open-tools.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf } from '../../../../support/tools/outputs.ts'
import { expectNothing, expectRefused, expectWorks, limitedTo } from './hidden-place.ts'

let town: Town
beforeEach(async () => {
  town = await openTown()
})
afterEach(() => town.close())

/** A post in a channel, and every call that reaches it by ids. */
function everyCall(tools: Tools, channel: { id: string }) {
  const found = town.world.posts
    .inChannel(channel.id)
    .find(known => known.type === '' && known.deleteAt === 0)
  if (found === undefined) throw new Error('there is no post')
  const [channel_id, post_id] = [channel.id, found.id]
  return [
    () => tools.call('list_posts', { channel_id }),
    () => tools.call('get_channel', { channel_id }),
    () => tools.call('get_post', { post_id }),
    () => tools.call('get_post', { post_id, thread: true }),
    () => tools.call('create_post', { channel_id, message: 'hello' }),
    () => tools.call('create_post', { channel_id, message: 'hello', root_id: post_id }),
  ]
}

async function expectAll(tools: Tools, channel: { id: string }, expected: 'works' | 'refused') {
  for (const call of everyCall(tools, channel)) {
    town.calm()
    const result = await call()
    if (expected === 'works') expectWorks(result)
    else expectRefused(result, town)
  }
}

/** What happens between two calls, or between showing a post and sending it; each leaves a channel outside. */
type Change = [what: string, scope: string, channel: 'dev' | 'aliceBob', change: () => void, undo: () => void]
const CHANGES: Change[] = [
  [
    'the channel is renamed',
    'eng/dev',
    'dev',
    () => Object.assign(town.channels.dev, { name: 'krypton' }),
    () => Object.assign(town.channels.dev, { name: 'dev' }),
  ],
  [
    'the team is renamed',
    'eng/*',
    'dev',
    () => Object.assign(town.teams.eng, { name: 'krypton' }),
    () => Object.assign(town.teams.eng, { name: 'eng' }),
  ],
  [
    'the channel is moved to another team',
    'eng/dev',
    'dev',
    () => Object.assign(town.channels.dev, { teamId: town.teams.web.id }),
    () => Object.assign(town.channels.dev, { teamId: town.teams.eng.id }),
  ],
  [
    'the person is renamed',
    '@bob',
    'aliceBob',
    () => Object.assign(town.people.bob, { username: 'krypton' }),
    () => Object.assign(town.people.bob, { username: 'bob' }),
  ],
  [
    'the account leaves the team',
    'eng/dev',
    'dev',
    () => town.teams.eng.members.delete(town.people.alice.id),
    () => town.teams.eng.members.set(town.people.alice.id, { admin: false }),
  ],
]

describe('the very next call after', () => {
  it.each(CHANGES)(
    '%s is refused, and works again when it is undone',
    async (_, scope, name, change, undo) => {
      const tools = limitedTo(scope, town)
      const channel = town.channels[name]
      await expectAll(tools, channel, 'works')
      change()
      await expectAll(tools, channel, 'refused')
      undo()
      await expectAll(tools, channel, 'works')
    },
  )

  it('a channel comes inside works, though it was refused before', async () => {
    const tools = limitedTo('eng/next', town)
    await expectAll(tools, town.channels.dev, 'refused')
    town.channels.dev.name = 'next'
    await expectAll(tools, town.channels.dev, 'works')
  })

  it('a channel is renamed lists it no more', async () => {
    const tools = limitedTo('eng/dev', town)
    expect(dataOf(await tools.call('list_channels')).total).toBe(1)
    town.channels.dev.name = 'krypton'
    expect(dataOf(await tools.call('list_channels'))).toMatchObject({ total: 0, channels: [] })
    town.teams.eng.name = 'krypton'
    expect(dataOf(await tools.call('list_teams'))).toMatchObject({ total: 0, outside: 2, teams: [] })
  })
})

/** Alice's tools, where a person approves after `meanwhile`. */
function approvingAfter(scope: string, meanwhile: () => void): Tools {
  return limitedTo(scope, town, {
    write: 'ask',
    form: {
      async ask() {
        meanwhile()
        return { action: 'accept', content: { decision: 'once' } }
      },
    },
  })
}

describe('while a person decides', () => {
  it.each(CHANGES)('%s: nothing is posted', async (_, scope, name, change) => {
    const args = { channel_id: town.channels[name].id, message: 'hello' }
    const result = await approvingAfter(scope, change).call('create_post', args)
    expectRefused(result, town)
  })

  it.each(['~dev', 'eng/dev'])('the channel is renamed: nothing is posted to %s', async channel_id => {
    const tools = approvingAfter('eng/dev', () => {
      town.channels.dev.name = 'krypton'
    })
    expectNothing(await tools.call('create_post', { channel_id, message: 'hello' }), town)
  })

  it('another channel takes the name: it is not the one that was shown, and nothing is posted', async () => {
    const tools = approvingAfter('eng/dev', () => {
      town.channels.dev.name = 'krypton'
      town.channels.vault.name = 'dev'
    })
    expectNothing(await tools.call('create_post', { channel_id: 'eng/dev', message: 'hello' }), town)
  })

  it('the person is renamed: nothing is posted to the direct channel that there is', async () => {
    const tools = approvingAfter('@bob', () => {
      town.people.bob.username = 'krypton'
    })
    expectRefused(await tools.call('create_post', { channel_id: '@bob', message: 'hello' }), town)
  })

  it('the person is renamed: no direct channel is made', async () => {
    const tools = approvingAfter('@carol', () => {
      town.people.carol.username = 'krypton'
    })
    expectRefused(await tools.call('create_post', { channel_id: '@carol', message: 'hello' }), town)
  })

  it('another takes the name: no direct channel is made with the one who had it', async () => {
    const tools = approvingAfter('@carol', () => {
      town.people.carol.username = 'krypton'
      town.people.lonebot.username = 'carol'
    })
    expectRefused(await tools.call('create_post', { channel_id: '@carol', message: 'hello' }), town)
  })

  it('nothing changes: it is posted once', async () => {
    const tools = approvingAfter('eng/dev @carol', () => undefined)
    for (const channel_id of ['~dev', '@carol']) {
      dataOf(await tools.call('create_post', { channel_id, message: 'hello' }))
    }
    expect(town.mattermost.requestsTo('POST', /\/posts$/)).toHaveLength(2)
  })
})

const TEAMS = { method: 'GET', path: /users\/me\/teams$/ }
const USERS = { method: 'POST', path: /users\/ids$/ }
const ME = { method: 'GET', path: /users\/me$/ }
const CHANNEL = { method: 'GET', path: /channels\/[a-z0-9]{26}$/ }

/** What the server may answer instead of what was asked for. */
const NO_ANSWER: [string, Fault][] = [
  ['fails', { kind: 'reply', status: 500, body: '{"id":"x","message":"krypton","status_code":500}' }],
  ['is refused', { kind: 'reply', status: 403, body: '{"id":"x","message":"krypton","status_code":403}' }],
  ['is cut', { kind: 'resetMidBody' }],
  ['is something else', { kind: 'reply', status: 200, body: '{"krypton":1}' }],
  ['is a page', { kind: 'reply', status: 200, body: '<html>krypton</html>' }],
]

describe('what cannot be resolved is refused where', () => {
  const asked = [
    ['the list of teams', TEAMS, 'dev'],
    ['the channel', CHANNEL, 'dev'],
    ['the list of people', USERS, 'aliceBob'],
    ['the own account', ME, 'aliceBob'],
  ] as const
  const cases = asked.flatMap(([what, match, name]) =>
    NO_ANSWER.map(([how, fault]) => ({ what, how, match, name, fault })),
  )

  it.each(cases)('$what $how', async ({ match, name, fault }) => {
    // Fresh tools each time: failures in a row would otherwise close the way to the server.
    for (let nth = 0; nth < 6; nth++) {
      const call = everyCall(limitedTo('eng/dev @bob', town), town.channels[name])[nth]
      town.calm()
      town.mattermost.faults.push({ match, times: 99, fault })
      if (call !== undefined) expectNothing(await call(), town)
    }
  })

  it.each(['[]', 'null'])('the list of teams is %s', async body => {
    const tools = limitedTo('eng/dev *', town)
    for (const call of everyCall(tools, town.channels.dev)) {
      town.calm()
      town.mattermost.faults.push({ match: TEAMS, times: 99, fault: { kind: 'reply', status: 200, body } })
      expectRefused(await call(), town)
    }
  })

  it.each(['[]', 'null'])('the list of people is %s', async body => {
    for (const scope of ['@bob', '@b*', '@*']) {
      const tools = limitedTo(scope, town)
      for (const call of everyCall(tools, town.channels.aliceBob)) {
        town.calm()
        town.mattermost.faults.push({ match: USERS, times: 99, fault: { kind: 'reply', status: 200, body } })
        expectRefused(await call(), town)
      }
    }
  })

  it('the list of people holds others than asked', async () => {
    const tools = limitedTo('@carol', town)
    const change = (body: unknown) =>
      (body as { username: string }[]).map(user => ({ ...user, username: 'carol', id: town.people.carol.id }))
    for (const call of everyCall(tools, town.channels.aliceBob)) {
      town.calm()
      town.mattermost.faults.push({ match: USERS, times: 99, fault: { kind: 'changeJson', change } })
      expectRefused(await call(), town)
    }
  })

  it('the lists fail, too', async () => {
    town.mattermost.faults.push({ match: TEAMS, times: 99, fault: { kind: 'reply', status: 502, body: '' } })
    for (const name of ['list_channels', 'list_teams']) {
      expect(errorOf(await limitedTo('eng/dev', town).call(name))).toMatch(/\[unavailable|\[bad_response/)
    }
  })
})

describe('get_channel', () => {
  it('tells the channel as it was when it was found to be inside, not as it became after', async () => {
    const tools = limitedTo('eng/dev', town)
    const gate = town.mattermost.faults.hold(TEAMS, 'afterHandler')
    const result = tools.call('get_channel', { channel_id: town.channels.dev.id })
    await gate.arrived
    Object.assign(town.channels.dev, { name: 'krypton', displayName: 'Krypton', header: 'open sesame' })
    gate.release()
    expectWorks(await result)
  })
})
