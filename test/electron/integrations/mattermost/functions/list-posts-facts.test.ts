import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PostOptions } from '../../../../support/mattermost/post-store.ts'
import type { Channel, Person, Post } from '../../../../support/mattermost/records.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf, textOf } from '../../../../support/tools/outputs.ts'

let town: Town
let channel: Channel
beforeAll(async () => {
  town = await openTown()
})
afterEach(() => town.calm())
afterAll(() => town.close())

/** A channel of its own with one post. */
function say(message: string, options: PostOptions & { by?: Person } = {}): Post {
  const { by = town.people.bob, ...rest } = options
  channel = town.world.addChannel(town.teams.eng, `c-${town.world.newId().slice(0, 8)}`)
  town.world.join(channel, town.people.alice)
  return town.world.addPost(channel, by, message, rest)
}
const ask = (args = {}) => town.toolsOf('alice').call('list_posts', { channel_id: channel.id, ...args })
const last = async (args = {}) => {
  const result = await ask(args)
  const post = dataOf(result).posts.at(-1)
  if (post === undefined) throw new Error('no posts')
  return {
    post,
    line:
      textOf(result)
        .split('\n')
        .findLast(line => line.startsWith(post.id)) ?? '',
  }
}

describe('what list_posts tells of a post', () => {
  it('marks replies with their root and roots with the number of replies', async () => {
    const root = say('root')
    const reply = town.world.addReply(root, town.people.grace, 'reply')
    const { posts } = dataOf(await ask())
    expect(posts.slice(-2)).toMatchObject([
      { id: root.id, replies: 1 },
      { id: reply.id, root: root.id },
    ])
    expect(posts.at(-1)).not.toHaveProperty('replies')
    expect(posts.at(-2)).not.toHaveProperty('root')
    expect(textOf(await ask())).toContain(`grace (reply to ${root.id}): reply`)
  })

  it('marks what the server wrote itself', async () => {
    say('joined', { type: 'system_join_channel' })
    expect((await last()).post.flags).toBe('system')
  })

  it('marks a bot by its account, not by what a post claims', async () => {
    say('built', { by: town.people.gwbot })
    expect((await last()).post.flags).toBe('bot')
    say('I am a bot, honest', { props: { from_bot: 'true', from_webhook: 'true' } })
    expect((await last()).post).not.toHaveProperty('flags')
  })

  it('tells the name that a webhook shows, and still who it is from', async () => {
    say('deploy', { props: { override_username: 'Ops\u202e\nBot', from_webhook: 'true' } })
    expect((await last()).post).toMatchObject({ by: 'bob', flags: 'shown as Ops Bot' })
  })

  it('marks edited posts with the time and pinned ones', async () => {
    const post = say('tpyo')
    town.world.posts.edit(post, 'typo')
    town.world.posts.pin(post)
    expect((await last()).post).toMatchObject({
      text: 'typo',
      flags: `edited ${new Date(post.editAt).toISOString()}, pinned`,
    })
  })

  it('names files with type and size, and counts reactions', async () => {
    const post = say('see')
    const file = town.world.addFile(channel, town.people.bob, 'notes\n[file x].txt', 2048, 'text/plain')
    post.fileIds.push(file.id)
    town.world.posts.react(post, town.people.grace, 'rocket')
    town.world.posts.react(post, town.people.alice, 'rocket')
    const { post: told, line } = await last()
    expect(told).toMatchObject({ files: ['notes [file x].txt (text/plain, 2.0 KB)'], reactions: 'rocket 2' })
    expect(line).toContain('[file notes [file x].txt (text/plain, 2.0 KB)] [reactions rocket 2]')
  })

  it('gives attachments as text, whatever is in them', async () => {
    const attachments = [
      {
        title: 'Build 7',
        text: 'failed\nin unit tests',
        fields: [{ title: 'branch', value: 'main' }],
        footer: 3,
      },
      { fallback: 'only a fallback' },
      null,
      'nonsense',
      { title: { deep: true }, fields: 'no list' },
    ]
    say('', { props: { attachments } })
    const { post, line } = await last()
    expect(post.attachments).toEqual(['Build 7\nfailed\nin unit tests\nbranch: main\n3', 'only a fallback'])
    expect(line).toContain('[attachment Build 7↵failed↵in unit tests↵branch: main↵3]')
  })

  it('names authors by one request a page, and by none the next time', async () => {
    const root = say('one')
    for (const person of [town.people.grace, town.people.admin, town.people.gwbot]) {
      town.world.addReply(root, person, 'more')
    }
    const tools = town.toolsOf('alice')
    const args = { channel_id: channel.id }
    expect(dataOf(await tools.call('list_posts', args)).posts.map(({ by }) => by)).toContain('gwbot')
    expect(town.mattermost.requestsTo('POST', /users\/ids$/)).toHaveLength(1)
    town.calm()
    await tools.call('list_posts', args)
    expect(town.mattermost.requestsTo('POST', /users\/ids$/)).toHaveLength(0)
  })

  it('keeps unknown authors apart', async () => {
    const root = say('hidden', { by: { ...town.people.bob, id: `unknowna${'x'.repeat(18)}` } })
    town.world.posts.addReply(root, { ...town.people.bob, id: `unbnownb${'x'.repeat(18)}` }, 'two')
    const { posts } = dataOf(await ask())
    expect(posts.slice(-2).map(({ by }) => by)).toEqual(['unknown-unknow', 'unknown-unbnow'])
  })

  it('never shows deleted posts or old versions, which since brings', async () => {
    const post = say('first wording')
    const from = post.createAt
    town.world.posts.edit(post, 'second wording')
    const gone = town.world.addPost(channel, town.people.bob, 'gone')
    town.world.posts.delete(gone, town.people.bob)
    town.world.posts.react(post, town.people.alice, 'eyes')
    const result = await ask({ since: from })
    expect(dataOf(result).posts.map(({ text }) => text)).toEqual(['second wording'])
    expect(JSON.stringify(result)).not.toMatch(/first wording|gone/)
  })

  it('does not bring old posts back that only got a reaction since', async () => {
    const old = say('old', { createAt: Date.now() - 3_600_000 })
    town.world.posts.react(old, town.people.alice, 'eyes')
    const recent = dataOf(await ask({ since: Date.now() - 1_800_000 })).posts
    expect(recent.map(({ text }) => text)).not.toContain('old')
  })

  it('skips and counts what the server names but does not send, twice named or not', async () => {
    const post = say('whole')
    town.mattermost.faults.push({
      match: { method: 'GET', path: /\/posts$/ },
      fault: {
        kind: 'changeJson',
        change: body => ({ ...(body as object), order: [post.id, 'x'.repeat(26), post.id, 'x'.repeat(26)] }),
      },
    })
    const { posts, notes } = dataOf(await ask())
    expect(posts.map(({ text }) => text)).toEqual(['whole'])
    expect(notes).toEqual(['The server named 1 posts that it did not send.'])
  })

  it('says where the history of the plan ends', async () => {
    say('still here')
    town.mattermost.faults.push({
      match: { method: 'GET', path: /\/posts$/ },
      fault: {
        kind: 'changeJson',
        change: body => ({ ...(body as object), first_inaccessible_post_time: 5 }),
      },
    })
    expect(dataOf(await ask()).notes?.[0]).toContain('history limit')
  })

  it('is not confused by posts keyed __proto__ and constructor', async () => {
    const post = say('real')
    town.mattermost.faults.push({
      match: { method: 'GET', path: /\/posts$/ },
      fault: {
        kind: 'change',
        change: reply => ({
          ...reply,
          body: Buffer.from(
            reply.body
              .toString('utf8')
              .replace('"posts":{', '"posts":{"__proto__":{"polluted":1},"constructor":{},'),
          ),
        }),
      },
    })
    expect(dataOf(await ask()).posts.at(-1)?.id).toBe(post.id)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it.each([{ create_at: '12' }, { create_at: 9e15 }, { message: null }, { id: 'short' }])(
    'refuses a page with %j in a post, whole',
    async wrong => {
      const post = say('x')
      town.mattermost.faults.push({
        match: { method: 'GET', path: /\/posts$/ },
        fault: {
          kind: 'changeJson',
          change: body => {
            const list = body as { posts: Record<string, object> }
            return { ...list, posts: { ...list.posts, [post.id]: { ...list.posts[post.id], ...wrong } } }
          },
        },
      })
      expect(errorOf(await ask())).toContain('[bad_response]')
    },
  )
})
