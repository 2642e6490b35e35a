import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Channel } from '../../../../support/mattermost/records.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf, textOf } from '../../../../support/tools/outputs.ts'

let town: Town
let quiet: Channel
const now = Date.now()
const MINUTE = 60_000

beforeAll(async () => {
  town = await openTown()
  quiet = town.world.addChannel(town.teams.eng, 'quiet', { createAt: now - 60 * MINUTE })
  town.world.join(quiet, town.people.alice, { at: now - 59 * MINUTE })
  for (let ago = 50; ago >= 10; ago -= 10) {
    town.world.addPost(quiet, town.people.bob, `said ${ago}`, { createAt: now - ago * MINUTE })
  }
})
afterEach(() => town.calm())
afterAll(() => town.close())

const ask = (args: Record<string, unknown> = {}) =>
  town.toolsOf('alice', { now: () => now }).call('list_posts', { channel_id: quiet.id, ...args })
const list = async (args?: Record<string, unknown>) => dataOf(await ask(args))
const texts = async (args?: Record<string, unknown>) => (await list(args)).posts.map(post => post.text)
const idOf = (text: string) => {
  const post = town.world.posts.inChannel(quiet.id).find(known => known.message === text)
  if (post === undefined) throw new Error(`nobody ${text}`)
  return post.id
}

describe('list_posts', () => {
  it('gives id, text, author and time, oldest first', async () => {
    const { posts, next } = await list()
    expect(posts.slice(1).map(({ text }) => text)).toEqual([
      'said 50',
      'said 40',
      'said 30',
      'said 20',
      'said 10',
    ])
    expect(posts.at(-1)).toEqual({
      id: idOf('said 10'),
      time: new Date(now - 10 * MINUTE).toISOString(),
      by: 'bob',
      text: 'said 10',
    })
    expect(next).toBeUndefined()
  })

  it('says the same in its lines, each post with its date above', async () => {
    const lines = textOf(await ask()).split('\n')
    expect(lines[0]).toMatch(/^eng\/quiet \(public\) [a-z0-9]{26}: 6 posts, oldest first, times in UTC\./)
    expect(lines.at(-1)).toBe(
      `${idOf('said 10')} ${new Date(now - 10 * MINUTE).toISOString().slice(11, 16)} bob: said 10`,
    )
    expect(lines).toContain(new Date(now - 10 * MINUTE).toISOString().slice(0, 10))
  })

  it('begins at the newest posts and follows next to the oldest', async () => {
    const first = await list({ per_page: 2 })
    expect(first.posts.map(({ text }) => text)).toEqual(['said 20', 'said 10'])
    const second = await list({ per_page: 2, ...first.next })
    expect(second.posts.map(({ text }) => text)).toEqual(['said 40', 'said 30'])
    expect((await list({ per_page: 2, ...second.next })).next).toBeUndefined()
  })

  it('knows pages by number too', async () => {
    expect(await texts({ per_page: 2, page: 1 })).toEqual(['said 40', 'said 30'])
    expect(await texts({ per_page: 2, page: 50 })).toEqual([])
  })

  it('gives what is older than before and newer than after, those themselves not included', async () => {
    expect((await texts({ before: idOf('said 30') })).slice(1)).toEqual(['said 50', 'said 40'])
    expect(await texts({ after: idOf('said 30') })).toEqual(['said 20', 'said 10'])
    expect(await texts({ after: idOf('said 10') })).toEqual([])
  })

  it('takes links for before and after', async () => {
    const link = `${town.mattermost.url}/eng/pl/${idOf('said 30')}`
    expect(await texts({ after: link })).toEqual(['said 20', 'said 10'])
  })

  it.each<[string, unknown, string | undefined]>([
    ['ISO time', new Date(now - 30 * MINUTE).toISOString(), undefined],
    ['ISO time without zone, as UTC', new Date(now - 30 * MINUTE).toISOString().slice(0, 23), undefined],
    ['an age', '30m', undefined],
    ['milliseconds', now - 30 * MINUTE, undefined],
    ['milliseconds as text', String(now - 30 * MINUTE), undefined],
    ['seconds, which it says', Math.floor(now / 1000) - 30 * 60, 'since was read as seconds.'],
  ])('understands since as %s', async (_, since, note) => {
    const output = await list({ since })
    expect(output.posts.map(({ text }) => text)).toEqual(['said 30', 'said 20', 'said 10'])
    expect(output.notes?.[0]).toBe(note)
  })

  it.each([0, -5, '-5', 'yesterday', '2026-13-45', '', now + 3_600_000, 1.5, '9'.repeat(30)])(
    'refuses since=%s without asking the server',
    async since => {
      expect(errorOf(await ask({ since }))).toMatch(/since.*\[invalid_input\]/s)
      expect(await town.asked()).toEqual([])
    },
  )

  it.each([
    [{ per_page: 0 }, 'per_page must be at least 1'],
    [{ per_page: -1 }, 'per_page must be at least 1'],
    [{ per_page: 1.5 }, 'per_page must be a whole number'],
    [{ per_page: 'abc' }, 'per_page must be'],
    [{ page: -1 }, 'page must be at least 0'],
    [{ page: 1e12 }, 'page must be at most'],
    [{ limit: 5 }, 'unknown argument "limit"'],
    [{ page: null }, 'page'],
  ])('refuses %j, naming the argument, without asking the server', async (args, words) => {
    expect(errorOf(await ask(args))).toContain(words)
    expect(await town.asked()).toEqual([])
  })

  it.each([201, 1e9])('takes per_page=%d for 200 and says so', async per_page => {
    const { notes } = await list({ per_page })
    expect(notes).toEqual(['per_page is 200 at most.'])
    expect(town.mattermost.requestsTo('GET', /\/posts$/)[0]?.query).toContain('per_page=200')
  })

  it('takes only one of before, after and since, and no page with since', async () => {
    const before = idOf('said 30')
    for (const args of [
      { before, after: before },
      { before, since: '2h' },
      { since: '2h', page: 1 },
    ]) {
      expect(errorOf(await ask(args))).toContain('[invalid_input]')
    }
    expect(await town.asked()).toEqual([])
  })

  it.each(['before', 'after'])(
    'refuses a %s that is no post, which the server takes for the end',
    async field => {
      expect(errorOf(await ask({ [field]: 'x'.repeat(26) }))).toContain(`${field}: there is no such post`)
    },
  )

  it.each(['before', 'after'])(
    'refuses a %s of another channel, which the server takes by its time',
    async field => {
      const at = now - 25 * MINUTE
      const elsewhere = town.world.addPost(town.channels.vault, town.people.alice, 'elsewhere', {
        createAt: at,
      })
      expect(errorOf(await ask({ [field]: elsewhere.id }))).toContain(
        `${field}: that post is in another channel`,
      )
    },
  )

  it('refuses an answer for another channel than asked', async () => {
    town.mattermost.faults.push({
      match: { method: 'GET', path: /\/posts$/ },
      fault: {
        kind: 'changeJson',
        change: body => JSON.parse(JSON.stringify(body).replaceAll(quiet.id, town.channels.vault.id)),
      },
    })
    expect(errorOf(await ask())).toContain('[bad_response]')
  })

  it('says that members only may read a public channel, where the server keeps it so', async () => {
    const error = errorOf(await ask({ channel_id: town.channels.lounge.id }))
    expect(error).toContain('not joined ~lounge')
    expect(error).toContain('HTTP 403')
  })

  it('gives an empty channel as empty', async () => {
    const empty = town.world.directChannel(town.people.alice, town.people.grace)
    const result = await ask({ channel_id: empty.id })
    expect(dataOf(result).posts).toEqual([])
    expect(textOf(result)).toContain('0 posts')
  })

  it('says that an archived channel is archived and still reads it', async () => {
    const { channel, posts } = await list({ channel_id: town.channels.old.id })
    expect(channel.archived).toBe(true)
    expect(posts.map(({ text }) => text)).toContain('before the archive')
  })
})
