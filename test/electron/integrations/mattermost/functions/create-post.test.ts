import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf, textOf } from '../../../../support/tools/outputs.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterEach(() => town.calm())
afterAll(() => town.close())

const ask = (args: Record<string, unknown>) =>
  town.toolsOf('alice').call('create_post', { channel_id: town.channels.dev.id, message: 'hello', ...args })
const sent = () => town.writes().map(({ body }) => JSON.parse(body) as Record<string, unknown>)

describe('create_post', () => {
  it('posts exactly once and gives id, time, channel and link', async () => {
    const output = dataOf(await ask({ message: 'hello **world** ünï 🚀' }))
    const post = town.world.posts.live(output.id)
    expect(post).toMatchObject({
      message: 'hello **world** ünï 🚀',
      channelId: town.channels.dev.id,
      userId: town.people.alice.id,
    })
    expect(output).toMatchObject({
      time: new Date(post?.createAt ?? 0).toISOString(),
      channel: { id: town.channels.dev.id, name: 'dev', team: 'eng' },
      link: `${town.mattermost.url}/eng/pl/${output.id}`,
    })
    expect(output).not.toHaveProperty('notes')
    expect(town.writes()).toHaveLength(1)
  })

  it('says the same in its lines', async () => {
    const result = await ask({})
    const { id, time } = dataOf(result)
    expect(textOf(result)).toMatch(new RegExp(`^Posted ${id} at ${time} in eng/dev .*\n.*/eng/pl/${id}$`))
  })

  it('sends the text and where it goes, an unguessable key, our mark, and nothing else', async () => {
    await ask({ idempotency_key: 'one' })
    await ask({ idempotency_key: 'two' })
    const [first, second] = sent()
    expect(Object.keys(first ?? {}).sort()).toEqual(['channel_id', 'message', 'pending_post_id', 'props'])
    expect(first?.props).toEqual({ kosmokrator_mark: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(first?.pending_post_id).toMatch(new RegExp(`^${town.people.alice.id}:[0-9a-f-]{36}$`))
    expect(first?.pending_post_id).not.toBe(second?.pending_post_id)
  })

  it('does not make the person look as if they were there', async () => {
    town.people.alice.online = false
    await ask({})
    expect(town.writes()[0]?.query).toBe('set_online=false')
    expect(town.people.alice.online).toBe(false)
  })

  it('answers in a thread by its root', async () => {
    const root = town.world.addPost(town.channels.dev, town.people.bob, 'root')
    const output = dataOf(await ask({ root_id: root.id }))
    expect(output.root).toBe(root.id)
    expect(town.world.posts.live(output.id)?.rootId).toBe(root.id)
  })

  it('answers in the thread of a reply too, which the server refuses', async () => {
    const root = town.world.addPost(town.channels.dev, town.people.bob, 'root')
    const reply = town.world.addReply(root, town.people.grace, 'reply')
    for (const root_id of [reply.id, `${town.mattermost.url}/eng/pl/${reply.id}`]) {
      expect(dataOf(await ask({ root_id })).root).toBe(root.id)
    }
    expect(sent().map(({ root_id }) => root_id)).toEqual([root.id, root.id])
  })

  it('refuses a root of another channel, names both, and sends nothing', async () => {
    const root = town.world.addPost(town.channels.vault, town.people.alice, 'there')
    const error = errorOf(await ask({ root_id: root.id }))
    expect(error).toContain('in "Vault", not in ~dev')
    expect(error).toContain('Nothing was posted')
    expect(town.writes()).toEqual([])
  })

  it('refuses a deleted or unknown root and sends nothing', async () => {
    const root = town.world.addPost(town.channels.dev, town.people.bob, 'gone')
    const reply = town.world.addReply(root, town.people.bob, 'gone too')
    town.world.posts.delete(root, town.people.bob)
    for (const root_id of [root.id, reply.id, 'x'.repeat(26)]) errorOf(await ask({ root_id }))
    expect(town.writes()).toEqual([])
  })

  it('posts what begins with a slash as it stands, and says that it ran nothing', async () => {
    const output = dataOf(await ask({ message: '/leave' }))
    expect(town.world.posts.live(output.id)?.message).toBe('/leave')
    expect(output.notes?.[0]).toContain('not run as a command')
  })

  it('says where the server changed the text', async () => {
    town.mattermost.settings.plugin = ({ message }) => ({ kind: 'change', message: `${message} (checked)` })
    const { notes } = dataOf(await ask({}))
    town.mattermost.settings.plugin = undefined
    expect(notes?.[0]).toContain('The server changed the text')
  })

  it('posts to a direct channel that exists without making one', async () => {
    const output = dataOf(await ask({ channel_id: '@bob' }))
    expect(output).toMatchObject({ channel: { id: town.channels.aliceBob.id, name: '@bob', type: 'direct' } })
    expect(town.writes().map(({ path }) => path)).toEqual(['/api/v4/posts'])
  })

  it('makes a direct channel that does not exist only when it posts', async () => {
    const output = dataOf(await ask({ channel_id: '@grace' }))
    expect(town.writes().map(({ path }) => path)).toEqual(['/api/v4/channels/direct', '/api/v4/posts'])
    expect(town.world.channels.get(output.channel.id)?.members.has(town.people.grace.id)).toBe(true)
    expect(output).toMatchObject({ channel: { name: '@grace', type: 'direct' } })
    expect(output.link).toContain('/_redirect/pl/')
  })

  it('makes no direct channel for a text that it refuses, or while nobody has agreed', async () => {
    errorOf(await ask({ channel_id: '@carol', message: ' ' }))
    const { carol, alice } = town.people
    const asking = town.toolsOf('alice', { write: 'ask' })
    errorOf(await asking.call('create_post', { channel_id: '@carol', message: 'hi' }))
    const denying = town.toolsOf('alice', { write: 'deny' })
    errorOf(await denying.call('create_post', { channel_id: '@carol', message: 'hi' }))
    expect(town.writes()).toEqual([])
    expect(
      [...town.world.channels.values()].filter(({ name }) => name === [alice.id, carol.id].sort().join('__')),
    ).toEqual([])
  })

  it('asks the server nothing at all where writes are denied', async () => {
    const tools = town.toolsOf('alice', { write: 'deny' })
    const error = errorOf(await tools.call('create_post', { channel_id: '~dev', message: 'hi' }))
    expect(error).toContain('[blocked]')
    expect(await town.asked()).toEqual([])
  })
})
