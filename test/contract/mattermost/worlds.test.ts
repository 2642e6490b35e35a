import { describe, expect, it } from 'vitest'
import { exampleWorld } from '../../support/mattermost/example-world.ts'
import { parseHashtags } from '../../support/mattermost/hashtags.ts'
import { idMaker } from '../../support/mattermost/ids.ts'
import { World } from '../../support/mattermost/world.ts'
import { ownServer } from './own-server.ts'

const now = (): number => 1_768_478_400_000

describe('ids', () => {
  it('have the server\u2019s form and are equal for equal seeds', () => {
    const [one, same, other] = [idMaker(1), idMaker(1), idMaker(2)]
    const ids = Array.from({ length: 200 }, () => one())
    // The last letter carries three bits only, as in every recorded id.
    for (const id of ids) expect(id).toMatch(/^[ybndrfg8ejkmcpqxot1uwisza345h769]{25}[yrecowah]$/)
    expect(new Set(ids).size).toBe(200)
    expect([same(), other()]).toEqual([ids[0], expect.not.stringContaining(ids[0] ?? '')])
  })
})

describe('a world', () => {
  it('gives every row a time of its own, even when the clock stands still', () => {
    const world = new World({ now })
    const times = Array.from({ length: 5 }, () => world.stamp())
    expect(new Set(times).size).toBe(5)
  })

  it('counts messages, not joins', () => {
    const { channels } = exampleWorld({ now })
    const { dev } = channels
    expect(dev.totalMsgCount).toBeGreaterThan(dev.totalMsgCountRoot)
    const fresh = new World({ now })
    const alice = fresh.addPerson('alice')
    const channel = fresh.addChannel(fresh.addTeam('eng', { creator: alice }), 'dev', { creator: alice })
    expect([channel.totalMsgCount, channel.lastPostAt > 0]).toEqual([0, true])
  })

  it('deletes the replies with their root', () => {
    const world = new World({ now })
    const alice = world.addPerson('alice')
    const channel = world.addChannel(world.addTeam('eng'), 'dev', { creator: alice })
    const root = world.addPost(channel, alice, 'root')
    const reply = world.addReply(root, alice, 'reply')
    world.posts.delete(root, alice)
    expect([world.posts.live(root.id), world.posts.live(reply.id)]).toEqual([undefined, undefined])
  })

  it('a bot with an owner has a direct channel and one greeting, one without has nothing', () => {
    const world = new World({ now })
    const bot = world.addBot('bot', { owner: world.addPerson('alice') })
    const mine = [...world.channels.values()].filter(channel => channel.members.has(bot.id))
    expect(mine.map(channel => [channel.type, channel.totalMsgCount])).toEqual([['D', 1]])
    expect(world.posts.inChannel(mine[0]?.id ?? '')[0]?.type).toBe('add_bot_teams_channels')
  })

  it('hashtags are whole words of three letters or more', () => {
    expect(parseHashtags('#one, (#two) #ab x#three #four.')).toBe('#one #two #four')
  })
})

describe('the example workspace', () => {
  it('is the same for the same seed and clock', () => {
    const [one, two] = [exampleWorld({ now }), exampleWorld({ now })]
    expect([...one.world.channels.keys()]).toEqual([...two.world.channels.keys()])
    expect(one.world.posts.inChannel(one.channels.dev.id)).toEqual(
      two.world.posts.inChannel(two.channels.dev.id),
    )
  })

  it('has what its description promises, seen over the wire', async () => {
    const server = await ownServer()
    const { ask, channels, teams, people } = server
    const mine = (await ask('/api/v4/users/me/channels')).list()
    const ids = mine.map(channel => channel.id)
    expect(mine.filter(channel => channel.name === 'dev')).toHaveLength(2)
    for (const name of [
      'dev',
      'webDev',
      'vault',
      'readonly',
      'aliceBob',
      'aliceSelf',
      'aliceDave',
      'aliceBobAdmin',
    ] as const) {
      expect(ids).toContain(channels[name].id)
    }
    for (const name of ['secret', 'lounge', 'old'] as const) expect(ids).not.toContain(channels[name].id)
    const names = (await ask('/api/v4/users/me/teams')).list().map(team => team.name)
    expect(names.sort()).toEqual(['eng', 'web'])
    expect((await ask(`/api/v4/teams/${teams.ops.id}`)).status).toBe(403)
    expect((await ask(`/api/v4/users/${people.dave.id}`)).json().delete_at).toBeGreaterThan(0)
    const posts = (await ask(`/api/v4/channels/${channels.dev.id}/posts?skipFetchThreads=true`)).json().posts
    const list = Object.values(posts as Record<string, Record<string, unknown>>)
    for (const part of ['files', 'reactions', 'embeds']) {
      expect(list.some(post => part in (post.metadata as object))).toBe(true)
    }
    const format = await ask('/api/v4/users/me/preferences/display_settings/name/name_format')
    expect(format.json().value).toBe('full_name')
    const direct = await ask('/api/v4/channels/direct', { body: [people.alice.id, people.bob.id] })
    expect([direct.status, direct.json().id]).toEqual([201, channels.aliceBob.id])
    await server.close()
  })
})
