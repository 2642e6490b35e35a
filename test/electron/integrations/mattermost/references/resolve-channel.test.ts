import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Channel } from '../../../../support/mattermost/records.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf } from '../../../../support/tools/outputs.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterEach(() => town.calm())
afterAll(() => town.close())

const READS = ['get_channel', 'list_posts']
const ALL = [...READS, 'create_post']

/** Calls a function that takes a channel, as a client that remembers nothing. */
function ask(name: string, channel_id: unknown) {
  const message = name === 'create_post' ? { message: 'hello' } : {}
  return town.toolsOf('alice').call(name, { channel_id, ...message })
}
async function found(name: string, reference: string): Promise<string> {
  return dataOf(await ask(name, reference)).channel.id
}

type Case = [what: string, reference: () => string, channel: () => Channel]

const CASES: Case[] = [
  ['its id', () => town.channels.dev.id, () => town.channels.dev],
  ['its id with blanks around', () => ` ${town.channels.dev.id}\n`, () => town.channels.dev],
  ['its name', () => 'vault', () => town.channels.vault],
  ['~name', () => '~vault', () => town.channels.vault],
  ['#name', () => '#vault', () => town.channels.vault],
  ['its name in capitals', () => '~VAULT', () => town.channels.vault],
  ['team/channel', () => 'web/dev', () => town.channels.webDev],
  ['team/~channel', () => 'eng/~dev', () => town.channels.dev],
  ['its display name', () => 'Dev (website)', () => town.channels.webDev],
  ['a display name in another case', () => 'dev 🛠', () => town.channels.dev],
  ['@user', () => '@bob', () => town.channels.aliceBob],
  ['@User', () => '@BOB', () => town.channels.aliceBob],
  ['@user, oneself', () => '@alice', () => town.channels.aliceSelf],
  ['the people of a group', () => 'admin, alice, bob', () => town.channels.aliceBobAdmin],
  ['a channel link', () => `${town.mattermost.url}/eng/channels/dev`, () => town.channels.dev],
  ['a messages link', () => `${town.mattermost.url}/eng/messages/@bob`, () => town.channels.aliceBob],
  [
    'a group link',
    () => `${town.mattermost.url}/eng/messages/${town.channels.aliceBobAdmin.name}`,
    () => town.channels.aliceBobAdmin,
  ],
  [
    'a permalink',
    () => `${town.mattermost.url}/eng/pl/${postIn(town.channels.vault)}`,
    () => town.channels.vault,
  ],
  [
    'a permalink without team',
    () => `${town.mattermost.url}/_redirect/pl/${postIn(town.channels.aliceBob)}`,
    () => town.channels.aliceBob,
  ],
]

function postIn(channel: Channel): string {
  return town.world.posts.inChannel(channel.id)[0]?.id ?? ''
}

describe.each(ALL)('%s finds a channel by', name => {
  it.each(CASES)('%s', async (_, reference, channel) => {
    expect(await found(name, reference())).toBe(channel().id)
  })
})

describe.each(READS)('%s', name => {
  it('finds a public channel that was not joined by its name', async () => {
    const result = await ask(name, '~lounge')
    if (name === 'get_channel') expect(dataOf(result).channel.id).toBe(town.channels.lounge.id)
    else expect(errorOf(result)).toContain('not joined ~lounge')
  })

  it('says of a person without a direct channel that there is none, and makes none', async () => {
    expect(errorOf(await ask(name, '@grace'))).toMatch(/no direct channel with @grace yet.*\[not_found\]/)
    expect(town.writes()).toEqual([])
  })
})

const MALFORMED = [
  'x'.repeat(25),
  'x'.repeat(27),
  'X'.repeat(26),
  '٣'.repeat(26),
  'ｘ'.repeat(26),
  '',
  '   ',
  null,
  42,
  ['x'.repeat(26)],
  { id: 'x' },
  '..',
  '~..',
  '@..',
  '@.',
  'eng/..',
  'eng/@..',
  '../users/me',
  '%2e%2e',
  'a/../../users/me',
  'x?y=1',
  'x#f',
  '\\..\\users',
  'a%00b',
  'a/b/c',
  'x'.repeat(301),
]

describe.each(ALL)('%s refuses', name => {
  it('a name that could be several, and names them', async () => {
    const error = errorOf(await ask(name, '~dev'))
    expect(error).toContain(`eng/dev (${town.channels.dev.id})`)
    expect(error).toContain(`web/dev (${town.channels.webDev.id})`)
    expect(error).toContain('[ambiguous]')
    expect(town.writes()).toEqual([])
  })

  it.each([
    ['~valt', 'Nearest: vault'],
    ['eng/vualt', 'Nearest: eng/vault'],
    ['enf/dev', 'Nearest: eng'],
    ['~qqqqqqqqqqqqqqq', 'list_channels shows what there is'],
  ])('the unknown %s with "%s"', async (reference, advice) => {
    const error = errorOf(await ask(name, reference))
    expect(error).toContain(advice)
    expect(error).toContain('[not_found]')
    expect(town.writes()).toEqual([])
  })

  it('an unknown person', async () => {
    expect(errorOf(await ask(name, '@nobody-here'))).toMatch(/no person of that user name.*\[not_found/)
    expect(town.writes()).toEqual([])
  })

  it('a private channel of others, as if there were none', async () => {
    expect(errorOf(await ask(name, 'eng/secret'))).toContain('no channel "secret" in team eng')
    expect(errorOf(await ask(name, '~secret'))).toContain('[not_found]')
    expect(errorOf(await ask(name, town.channels.secret.id))).toContain('[forbidden, HTTP 403')
  })

  it.each(MALFORMED)('%j, naming the argument', async reference => {
    expect(errorOf(await ask(name, reference))).toMatch(/channel_id.*\[invalid_input\]/s)
  })

  it('what can be no channel without asking the server', async () => {
    for (const reference of MALFORMED) errorOf(await ask(name, reference))
    expect(await town.asked()).toEqual([])
  })

  it('a link to another host, port or scheme that is none, without asking anybody', async () => {
    const post = postIn(town.channels.dev)
    const port = new URL(town.mattermost.url).port
    for (const base of [
      'https://evil.example',
      'http://127.0.0.1:1',
      `http://localhost:${port}`,
      `http://127.0.0.1.evil:${port}`,
    ]) {
      for (const page of [`/eng/pl/${post}`, '/eng/channels/dev', '/eng/messages/@bob']) {
        expect(errorOf(await ask(name, `${base}${page}`))).toContain('not to this server')
      }
    }
    expect(await town.asked()).toEqual([])
  })

  it('a link to a page that is no channel, without asking the server', async () => {
    for (const page of [
      '',
      '/',
      '/eng',
      '/eng/pl/short',
      '/eng/channels/',
      '/admin_console/users',
      '/eng/channels/..%2f..',
    ]) {
      expect(errorOf(await ask(name, `${town.mattermost.url}${page}`))).toContain('[invalid_input]')
    }
    expect(await town.asked()).toEqual([])
  })
})

describe('an archived channel', () => {
  it('is found by its id and marked', async () => {
    expect(dataOf(await ask('get_channel', town.channels.old.id)).channel.archived).toBe(true)
    expect(dataOf(await ask('list_posts', town.channels.old.id)).channel.archived).toBe(true)
  })
})

describe('what was remembered of channels', () => {
  it('does not hide a channel that was joined since', async () => {
    const tools = town.toolsOf('alice')
    dataOf(await tools.call('list_posts', { channel_id: '~vault' }))
    const fresh = town.world.addChannel(town.teams.eng, 'fresh', {
      private: true,
      creator: town.people.alice,
    })
    expect(dataOf(await tools.call('list_posts', { channel_id: '~fresh' })).channel.id).toBe(fresh.id)
  })

  it('does not decide where a post goes', async () => {
    const tools = town.toolsOf('alice')
    const first = town.world.addChannel(town.teams.eng, 'moving', { creator: town.people.alice })
    dataOf(await tools.call('list_posts', { channel_id: '~moving' }))
    first.name = 'moved-away'
    const second = town.world.addChannel(town.teams.eng, 'moving', { creator: town.people.alice })
    const posted = dataOf(await tools.call('create_post', { channel_id: '~moving', message: 'here' }))
    expect(posted.channel.id).toBe(second.id)
  })
})
