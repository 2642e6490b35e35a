import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ToolResult } from '../../../../../electron/gateway/sdk.ts'
import type { Channel, Person, Team } from '../../../../support/mattermost/records.ts'
import type { Tools } from '../../../../support/tools/open-tools.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf, type Output, textOf } from '../../../../support/tools/outputs.ts'

const LEAST = 1000
const WORDS = 'The build is red again, "somebody" should look. '

type Names = { username: string; channel: string; display: string; team: string }
const USUAL: Names = { username: 'wendy', channel: 'build', display: 'Build and release', team: 'Team' }
const LONGEST: Names = {
  username: 'w'.repeat(64),
  channel: 'c'.repeat(64),
  display: '界'.repeat(64),
  team: 'T'.repeat(58),
}

let town: Town
let wordy: Person
let small: Tools
let full: Tools
let busy: Channel

async function open(names: Names): Promise<void> {
  town = await openTown()
  const { world } = town
  wordy = world.addPerson(names.username, {
    email: `${names.username}@example.test`,
    firstName: names.team,
    lastName: names.team,
    nickname: names.username,
    position: names.display,
    roles: 'system_admin system_user system_user_access_token',
  })
  for (let nth = 0; nth < 12; nth++) {
    const team = world.addTeam(`${names.team.toLowerCase()}-${nth}`, {
      displayName: `${names.team} ${nth}`,
      description: WORDS.repeat(4),
    })
    world.joinTeam(team, wordy)
    if (nth === 0) busy = addBusyChannel(team, names)
  }
  const tools = (maxResultCharacters?: number) =>
    town.toolsOf('alice', { token: world.token(wordy), ...(maxResultCharacters && { maxResultCharacters }) })
  small = tools(LEAST)
  full = tools()
}

function addBusyChannel(team: Team, names: Names): Channel {
  const { world } = town
  const channel = world.addChannel(team, names.channel, {
    displayName: names.display,
    header: `"${'h'.repeat(1000)}`,
    purpose: 'p'.repeat(250),
    creator: wordy,
  })
  const at = Date.now() - 1_000_000
  for (let nth = 0; nth < 60; nth++) {
    // Four to a millisecond.
    world.addPost(channel, wordy, `${nth} ${WORDS.repeat(nth % 9)}`, { createAt: at + Math.floor(nth / 4) })
  }
  return channel
}

function checked(result: ToolResult, most = LEAST): Output {
  expect(JSON.stringify(result).length, textOf(result)).toBeLessThanOrEqual(most)
  return dataOf(result)
}

/** Calls again with what `next` says until it says nothing. */
async function follow(
  tools: Tools,
  name: string,
  args: Record<string, unknown>,
  most: number,
): Promise<Output[]> {
  const outputs: Output[] = []
  let next: Output['next'] | Record<string, never> = {}
  while (next !== undefined) {
    if (outputs.length === 300) throw new Error('next never ends')
    const output: Output = checked(await tools.call(name, { ...args, ...next }), most)
    outputs.push(output)
    next = output.next
  }
  return outputs
}

describe.each([
  ['usual names', USUAL],
  ['the longest names', LONGEST],
])('with %s and the smallest limit, at most 1000 characters and next leading to the rest:', (_, names) => {
  beforeAll(() => open(names))
  afterAll(() => town.close())

  // Where a border cannot be divided posts may come twice, but none may be lost.
  it('list_posts from the newest on, every post, also where posts share a millisecond', async () => {
    const outputs = await follow(small, 'list_posts', { channel_id: busy.id, per_page: 30 }, LEAST)
    const ids = outputs.flatMap(({ posts }) => posts.map(({ id }) => id))
    expect(new Set(ids)).toEqual(new Set(town.world.posts.inChannel(busy.id).map(({ id }) => id)))
    expect(outputs.some(({ left_out }) => (left_out ?? 0) > 0)).toBe(true)
  })

  it('list_posts after a post, every post', async () => {
    // The server's cursors are strict, so what shares the millisecond of the given post is not after it.
    const [, , , first, ...rest] = town.world.posts.inChannel(busy.id).map(({ id }) => id)
    const outputs = await follow(small, 'list_posts', { channel_id: busy.id, after: first }, LEAST)
    const ids = outputs.flatMap(({ posts }) => posts.map(({ id }) => id))
    expect(new Set(ids)).toEqual(new Set(rest))
  })

  it('list_channels, each channel once', async () => {
    const outputs = await follow(small, 'list_channels', {}, LEAST)
    const ids = outputs.flatMap(({ channels }) => channels.map(({ id }) => id))
    const own = [...town.world.channels.values()].filter(({ members }) => members.has(wordy.id))
    expect(ids.toSorted()).toEqual(own.map(({ id }) => id).toSorted())
  })

  it('list_teams, each team once', async () => {
    const outputs = await follow(small, 'list_teams', {}, LEAST)
    const ids = outputs.flatMap(({ teams }) => teams.map(({ id }) => id))
    expect(ids).toHaveLength(12)
    expect(new Set(ids).size).toBe(12)
  })

  it('get_post of a long post, exactly', async () => {
    const text = `${WORDS.repeat(40)}🦊`
    const post = town.world.addPost(busy, wordy, text)
    const outputs = await follow(small, 'get_post', { post_id: post.id }, LEAST)
    expect(outputs.map(output => output.post.text).join('')).toBe(text)
  })

  it('get_post of a thread, each post once', async () => {
    const root = town.world.addPost(busy, wordy, WORDS)
    const replies = Array.from({ length: 9 }, () => town.world.addReply(root, wordy, WORDS))
    const outputs = await follow(small, 'get_post', { post_id: root.id, thread: true }, LEAST)
    const ids = outputs.flatMap(({ thread }) => thread.map(({ id }) => id))
    expect(ids).toEqual([root, ...replies].map(({ id }) => id))
  })

  it('get_channel', async () => {
    expect(checked(await small.call('get_channel', { channel_id: busy.id })).channel.id).toBe(busy.id)
  })

  it('get_current_user', async () => {
    expect(checked(await small.call('get_current_user')).user.id).toBe(wordy.id)
  })

  it('create_post', async () => {
    const root = town.world.addPost(busy, wordy, 'root')
    const args = { channel_id: busy.id, message: '/hello', root_id: root.id }
    expect(checked(await small.call('create_post', args)).id).toHaveLength(26)
  })

  it('an error with many candidates', async () => {
    for (let nth = 0; nth < 40; nth++) {
      town.world.addChannel(town.teams.eng, `${'n'.repeat(50)}-${nth}`, {
        displayName: 'General',
        creator: wordy,
      })
      town.world.joinTeam(town.teams.eng, wordy, { alone: true })
    }
    const result = await small.call('list_posts', { channel_id: 'General' })
    expect(errorOf(result)).toContain('[ambiguous]')
    expect(JSON.stringify(result).length).toBeLessThanOrEqual(LEAST)
  })
})

describe('a single post that is larger than the limit', () => {
  beforeAll(() => open(USUAL))
  afterAll(() => town.close())

  const attachments = Array.from({ length: 20 }, (_, nth) => ({
    title: `Part ${nth}`,
    text: WORDS.repeat(40),
  }))

  it.each([
    ['the smallest', () => small, LEAST],
    ['the usual', () => full, 50_000],
  ])('is shown in part and not passed over, with %s limit', async (_, tools, most) => {
    const channel = town.world.addChannel(town.teams.eng, `big-${most}`, { creator: wordy })
    const before = town.world.addPost(channel, wordy, 'before')
    const big = town.world.addPost(channel, wordy, 'big', { props: { attachments } })
    const after = town.world.addPost(channel, wordy, 'after')
    const outputs = await follow(tools(), 'list_posts', { channel_id: channel.id }, most)
    const ids = outputs.flatMap(({ posts }) => posts.map(({ id }) => id))
    for (const post of [before, big, after]) expect(ids).toContain(post.id)
  })

  it('has an end in get_post', async () => {
    const channel = town.world.addChannel(town.teams.eng, 'big-one', { creator: wordy })
    const files = Array.from({ length: 10 }, () =>
      town.world.addFile(channel, wordy, `${'f'.repeat(100)}.txt`, 1, 'text/plain'),
    )
    const big = town.world.addPost(channel, wordy, WORDS.repeat(20), { files })
    const outputs = await follow(small, 'get_post', { post_id: big.id }, LEAST)
    expect(outputs.map(output => output.post.text).join('')).toBe(WORDS.repeat(20))
  })
})

describe('with the usual limit', () => {
  beforeAll(() => open(LONGEST))
  afterAll(() => town.close())

  it.each([
    ['list_posts', () => ({ channel_id: busy.id, per_page: 200 })],
    ['list_channels', () => ({ per_page: 200 })],
    ['list_teams', () => ({ per_page: 200 })],
    ['get_channel', () => ({ channel_id: busy.id })],
    ['get_current_user', () => ({})],
  ])('each part of %s has at most 10,000 characters', async (name, args) => {
    const result = await full.call(name, args())
    dataOf(result)
    expect(textOf(result).length).toBeLessThanOrEqual(10_000)
    expect(JSON.stringify(result.structuredContent).length).toBeLessThanOrEqual(10_000)
  })

  it('each part of get_post has, and offset leads through the whole', async () => {
    const text = '"quoted"\n'.repeat(1800)
    const post = town.world.addPost(busy, wordy, text)
    let whole = ''
    let next: Output['next'] | Record<string, never> = {}
    while (next !== undefined) {
      const result = await full.call('get_post', { post_id: post.id, ...next })
      expect(textOf(result).length).toBeLessThanOrEqual(10_000)
      expect(JSON.stringify(result.structuredContent).length).toBeLessThanOrEqual(10_000)
      const output: Output = dataOf(result)
      whole += output.post.text
      next = output.next
    }
    expect(whole).toBe(text)
  })

  it('list_posts loses no post where the page is cut inside a millisecond', async () => {
    const channel = town.world.addChannel(town.teams.eng, 'burst', { creator: wordy })
    const createAt = Date.now() - 1000
    const posts = Array.from({ length: 30 }, (_, nth) =>
      town.world.addPost(channel, wordy, `${nth} ${WORDS.repeat(25)}`, { createAt }),
    )
    const outputs = await follow(full, 'list_posts', { channel_id: channel.id }, 50_000)
    const ids = outputs.flatMap(output => output.posts.map(({ id }) => id))
    for (const post of posts) expect(ids).toContain(post.id)
  })
})
