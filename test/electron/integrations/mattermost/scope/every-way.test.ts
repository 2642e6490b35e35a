import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Channel, Post } from '../../../../support/mattermost/records.ts'
import type { Tools } from '../../../../support/tools/open-tools.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf } from '../../../../support/tools/outputs.ts'
import { expectRefused, expectWorks, type Hidden, hide, limitedTo } from './hidden-place.ts'

const SCOPE = 'eng/dev, @bob'

let town: Town
let hidden: Hidden
/** One for all: what it remembers of earlier calls must not let anything in. */
let limited: Tools
beforeAll(async () => {
  town = await openTown()
  hidden = hide(town)
  limited = limitedTo(SCOPE, town)
})
afterEach(() => town.calm())
afterAll(() => town.close())

type Place = { town: Town; channel: Channel; post: Post; team: string; person: string }
type Way = [name: string, reference: (place: Place) => string]

const ID: Way = ['its id', ({ channel }) => channel.id]
const LINKS_TO_POSTS: Way[] = [
  ['a permalink', ({ town, team, post }) => `${town.mattermost.url}/${team}/pl/${post.id}`],
  ['a permalink without a team', ({ town, post }) => `${town.mattermost.url}/_redirect/pl/${post.id}`],
  ['a permalink of another team', ({ town, post }) => `${town.mattermost.url}/ops/pl/${post.id}`],
]
const TEAM_WAYS: Way[] = [
  ID,
  ...LINKS_TO_POSTS,
  ['its name', ({ channel }) => channel.name],
  ['its name in capitals', ({ channel }) => channel.name.toUpperCase()],
  ['~name', ({ channel }) => `~${channel.name}`],
  ['#name', ({ channel }) => `#${channel.name}`],
  ['team/name', ({ team, channel }) => `${team}/${channel.name}`],
  ['~team/~name', ({ team, channel }) => `~${team}/~${channel.name}`],
  ['its display name', ({ channel }) => channel.displayName],
  ['a link', ({ town, team, channel }) => `${town.mattermost.url}/${team}/channels/${channel.name}`],
  [
    'a link with a post',
    ({ town, team, channel, post }) => `${town.mattermost.url}/${team}/channels/${channel.name}/${post.id}`,
  ],
  ['a messages link', ({ town, team, channel }) => `${town.mattermost.url}/${team}/messages/${channel.name}`],
]
const PERSON_WAYS: Way[] = [
  ['@user', ({ person }) => `@${person}`],
  ['@USER', ({ person }) => `@${person.toUpperCase()}`],
  ['team/@user', ({ person }) => `eng/@${person}`],
  ['a messages link', ({ town, person }) => `${town.mattermost.url}/eng/messages/@${person}`],
]
const DIRECT_WAYS: Way[] = [
  ID,
  ...LINKS_TO_POSTS,
  ...PERSON_WAYS,
  ['its name of two ids', ({ channel }) => channel.name],
]
const GROUP_WAYS: Way[] = [
  ID,
  ...LINKS_TO_POSTS,
  ['its display name', ({ channel }) => channel.displayName],
  ['its name', ({ channel }) => channel.name],
  ['a messages link', ({ town, channel }) => `${town.mattermost.url}/eng/messages/${channel.name}`],
]

/** Each function that takes a channel. */
const CHANNEL_CALLS: [string, Record<string, unknown>][] = [
  ['list_posts', {}],
  ['list_posts', { since: '30d' }],
  ['get_channel', {}],
  ['create_post', { message: 'hello' }],
]
/** Each way to a post. */
const POST_CALLS: [string, Record<string, unknown>][] = [
  ['get_post', {}],
  ['get_post', { thread: true }],
]

type HiddenChannel = 'board' | 'vault' | 'lounge' | 'direct' | 'group'
const outsidePlace = (which: HiddenChannel): Place => {
  const channel = hidden[which]
  const team = channel.teamId === town.teams.web.id ? 'web' : 'eng'
  return { town, channel, post: hidden.postIn(channel), team, person: hidden.author.username }
}
const OUTSIDE: [HiddenChannel, string, Way[]][] = [
  ['board', 'a channel of the same team', TEAM_WAYS],
  ['vault', 'a private channel of another team', TEAM_WAYS],
  ['lounge', 'a public channel that was never joined', TEAM_WAYS],
  ['direct', 'a direct channel', DIRECT_WAYS],
  ['group', 'a group channel', GROUP_WAYS],
]

describe('outside of the scope', () => {
  const cases = OUTSIDE.flatMap(([which, what, ways]) =>
    // Nobody finds a channel that they have not joined by what people see.
    ways
      .filter(([way]) => which !== 'lounge' || way !== 'its display name')
      .map(([way, reference]) => ({ which, what, way, reference })),
  )

  it.each(cases)('$what is refused by $way, for reads and writes', async ({ which, way, reference }) => {
    const channel_id = reference(outsidePlace(which))
    for (const [name, args] of CHANNEL_CALLS) {
      const result = await limited.call(name, { channel_id, ...args })
      if (which === 'direct' && way.startsWith('its name')) {
        // Not a way to name a direct channel for anybody; refused all the same.
        expect(result.isError).toBe(true)
      } else expectRefused(result, town)
    }
  })

  it.each(OUTSIDE)('no post of %s is told, alone or with its thread (%s)', async which => {
    const place = outsidePlace(which)
    const links = LINKS_TO_POSTS.map(([, reference]) => reference(place))
    for (const post_id of [place.post.id, ...links]) {
      for (const [name, args] of POST_CALLS) {
        expectRefused(await limited.call(name, { post_id, ...args }), town)
      }
    }
  })

  it.each(OUTSIDE)('a reply in %s is refused as a root, and where it is is not told (%s)', async which => {
    const { post } = outsidePlace(which)
    const [reply] = town.world.posts.replies(post.id)
    for (const channel_id of [town.channels.dev.id, '@bob']) {
      for (const root_id of [post.id, reply?.id]) {
        const result = await limited.call('create_post', { channel_id, message: 'hello', root_id })
        expectRefused(result, town)
      }
    }
  })

  it.each(OUTSIDE)('a post of %s is refused as a cursor, and where it is is not told (%s)', async which => {
    const { post } = outsidePlace(which)
    for (const cursor of ['before', 'after']) {
      const result = await limited.call('list_posts', { channel_id: 'eng/dev', [cursor]: post.id })
      expect(result.content[0]?.text).toBe(
        `ERROR: ${cursor}: that post is in another channel. Use the id of a post of this channel. [invalid_input]`,
      )
    }
    const result = await limited.call('get_post', {
      post_id: inside().post.id,
      thread: true,
      after: post.id,
    })
    expect(result.content[0]?.text).toBe('ERROR: after: that post is not in this thread. [invalid_input]')
  })

  it.each(PERSON_WAYS)('somebody without a direct channel gets none, by %s', async (_, reference) => {
    const channel_id = reference({ ...outsidePlace('direct'), person: hidden.stranger.username })
    for (const [name, args] of CHANNEL_CALLS) {
      expectRefused(await limited.call(name, { channel_id, ...args }), town)
    }
    expect(town.mattermost.requestsTo('POST', /\/channels\/direct$/)).toEqual([])
  })

  it('a direct channel of two others is not one with either, for an administrator who can read it', async () => {
    const { world, people } = town
    for (const other of [people.carol, people.grace, hidden.author, hidden.stranger]) {
      const channel = world.directChannel(people.bob, other)
      const post = world.addPost(channel, people.bob, 'sesame')
      const admin = town.toolsOf('admin', {
        variables: { MATTERMOST_SCOPE: `@bob @${other.username} @*` },
      })
      expectRefused(await admin.call('list_posts', { channel_id: channel.id }), town)
      expectRefused(await admin.call('get_post', { post_id: post.id }), town)
      expectRefused(await admin.call('create_post', { channel_id: channel.id, message: 'x' }), town)
    }
  })
})

function placeOf(channel: Channel): Place {
  const posts = town.world.posts.inChannel(channel.id)
  const post = posts.find(known => known.deleteAt === 0 && known.rootId === '' && known.type === '')
  if (post === undefined) throw new Error('there is no post')
  return { town, channel, post, team: 'eng', person: 'bob' }
}
const inside = () => placeOf(town.channels.dev)
const direct = () => placeOf(town.channels.aliceBob)

describe('inside the scope', () => {
  it.each(TEAM_WAYS)('a channel works by %s', async (_, reference) => {
    await expectAllWork(inside(), reference)
  })

  it.each(DIRECT_WAYS.slice(0, -1))('a direct channel works by %s', async (_, reference) => {
    await expectAllWork(direct(), reference)
  })

  it('posts and threads work, and so do replies and cursors', async () => {
    for (const { post, channel } of [inside(), direct()]) {
      for (const [name, args] of POST_CALLS) {
        expectWorks(await limited.call(name, { post_id: post.id, ...args }))
      }
      const reply = { channel_id: channel.id, message: 'hello', root_id: post.id }
      expect(dataOf(await limited.call('create_post', reply)).root).toBe(post.id)
      for (const cursor of ['before', 'after']) {
        expectWorks(await limited.call('list_posts', { channel_id: channel.id, [cursor]: post.id }))
      }
    }
  })

  it('a person without a direct channel gets one', async () => {
    const tools = limitedTo('@grace', town)
    dataOf(await tools.call('create_post', { channel_id: '@grace', message: 'hello' }))
    expect(town.mattermost.requestsTo('POST', /\/channels\/direct$/)).toHaveLength(1)
    expect(town.mattermost.requestsTo('POST', /\/posts$/)).toHaveLength(1)
  })

  it.each<[string, (town: Town) => string]>([
    ['the id of the channel', town => town.channels.dev.id],
    ['the id of the team', town => town.teams.eng.id],
    ['the team', () => 'eng'],
    ['a pattern', () => '*/d*'],
  ])('a channel may be given by %s', async (_, scope) => {
    const tools = limitedTo(scope(town), town)
    expectWorks(await tools.call('list_posts', { channel_id: town.channels.dev.id }))
    expectRefused(await tools.call('list_posts', { channel_id: town.channels.aliceBob.id }), town)
    expectRefused(await tools.call('list_posts', { channel_id: hidden.vault.id }), town)
  })

  it('group channels are where @* is, or their id', async () => {
    const { aliceBobAdmin } = town.channels
    for (const scope of ['@*', aliceBobAdmin.id]) {
      const tools = limitedTo(scope, town)
      expectWorks(await tools.call('list_posts', { channel_id: aliceBobAdmin.id }))
    }
    const tools = limitedTo('@bob, @admin, @alice, eng', town)
    expectRefused(await tools.call('list_posts', { channel_id: aliceBobAdmin.id }), town)
  })
})

async function expectAllWork(place: Place, reference: Way[1]) {
  for (const [name, args] of CHANNEL_CALLS) {
    // Each way posts for itself: the same key would be the same post.
    const own = name === 'create_post' ? { idempotency_key: randomUUID() } : {}
    const result = await limited.call(name, { channel_id: reference(place), ...args, ...own })
    expectWorks(result)
    expect(dataOf(result).channel.id).toBe(place.channel.id)
  }
  const [sent] = town.mattermost.requestsTo('POST', /\/posts$/)
  expect(JSON.parse(sent?.body ?? '{}')).toMatchObject({ channel_id: place.channel.id })
}
