import { describe, expect, it } from 'vitest'
import { expectError, expectFine, type Rig, withRig } from './rig.ts'

const ID = 'abcdefghijklmnopqrstuvwxyz'

/** Where a call names a post, and where it names a channel. */
const PLACES: { tool: string; field: string; args: Record<string, unknown> }[] = [
  { tool: 'get_post', field: 'post_id', args: {} },
  { tool: 'get_channel', field: 'channel_id', args: {} },
  { tool: 'list_posts', field: 'channel_id', args: {} },
  { tool: 'list_posts', field: 'before', args: { channel_id: ID } },
  { tool: 'create_post', field: 'channel_id', args: { message: 'hello' } },
  { tool: 'create_post', field: 'root_id', args: { channel_id: ID, message: 'hello' } },
]

async function refusedEverywhere(rig: Rig, values: unknown[]): Promise<void> {
  for (const { tool, field, args } of PLACES) {
    for (const value of values) {
      expectError(await rig.call(tool, { ...args, [field]: value }), 'invalid_input', field)
    }
  }
  expect(rig.seen()).toEqual([])
}

describe('A. caller input: ids and numbers', () => {
  it('case 1: an id of another length, in capitals or of another type names the field and sends nothing', () =>
    withRig({ write: 'allow' }, async rig => {
      await refusedEverywhere(rig, [
        ID.slice(1),
        `${ID}a`,
        ID.toUpperCase(),
        '',
        null,
        12_345,
        [ID],
        { id: ID },
      ])
      expectError(
        await rig.call('get_post', { post_id: ID.slice(1) }),
        'invalid_input',
        /26 lower-case letters/,
      )
    }))

  it('case 2: an id that would lead a URL elsewhere is refused and sends nothing', () =>
    withRig({ write: 'allow' }, async rig => {
      await refusedEverywhere(rig, [
        '..',
        '../users/me',
        '%2e%2e',
        'a/../../users/me',
        'x?y=1',
        'x#f',
        '\\..\\users',
        'a%00b',
        'a\0b',
        `${ID}/../x`,
      ])
    }))

  it('case 3: 26 letters or digits of another script are no id', () =>
    withRig({ write: 'allow' }, async rig => {
      await refusedEverywhere(rig, ['٠'.repeat(26), 'ａ'.repeat(26), '０'.repeat(26), 'а'.repeat(26)])
    }))

  it('case 4: blanks around an id and a link of this server are understood, a link of another is refused', () =>
    withRig({}, async rig => {
      const { dev } = rig.channels
      const post = rig.world.posts.inChannel(dev.id).findLast(each => each.deleteAt === 0)
      const id = post?.id ?? ''
      expectFine(await rig.call('get_channel', { channel_id: `  ${dev.id}\n` }), dev.id)
      expectFine(await rig.call('get_post', { post_id: `\t${id} ` }), id)
      expectFine(await rig.call('get_post', { post_id: `${rig.mattermost.url}/eng/pl/${id}` }), id)
      const before = rig.seen().length
      for (const host of ['https://evil.example', 'http://127.0.0.1:9', 'https://user:pw@evil.example']) {
        const answer = await rig.call('get_post', { post_id: `${host}/eng/pl/${id}` })
        expectError(answer, 'invalid_input', 'not to this server')
      }
      expect(rig.seen().length).toBe(before)
    }))

  it('case 5: a page size that is none is refused, one that is too large is lowered and said so', () =>
    withRig({}, async rig => {
      const channel_id = rig.channels.dev.id
      for (const per_page of [0, -1, 1.5, 'abc', Number.NaN, '20']) {
        const answer = await rig.call('list_posts', { channel_id, per_page })
        expectError(answer, 'invalid_input', 'per_page')
      }
      expect(rig.seen()).toEqual([])
      for (const per_page of [201, 1e9]) {
        expectFine(await rig.call('list_posts', { channel_id, per_page }), 'per_page is 200 at most')
      }
      const asked = rig.mattermost.requests.map(({ query }) => /per_page=(\d+)/.exec(query)?.[1] ?? '0')
      expect(Math.max(...asked.map(Number))).toBeLessThanOrEqual(200)
    }))

  it('case 6: a page below zero or beyond every channel is refused and sends nothing', () =>
    withRig({}, async rig => {
      for (const page of [-1, 1e12, 5e16, 0.5]) {
        const answer = await rig.call('list_posts', { channel_id: rig.channels.dev.id, page })
        expectError(answer, 'invalid_input', 'page')
        expectError(await rig.call('list_channels', { page }), 'invalid_input', 'page')
      }
      expect(rig.seen()).toEqual([])
    }))

  it('case 7: before, after and since together are refused: the server would ignore some of them', () =>
    withRig({}, async rig => {
      const channel_id = rig.channels.dev.id
      for (const args of [
        { before: ID, after: ID },
        { before: ID, since: '2h' },
        { after: ID, since: '2h' },
        { before: ID, after: ID, since: '2h' },
      ]) {
        expectError(await rig.call('list_posts', { channel_id, ...args }), 'invalid_input')
      }
      expect(rig.seen()).toEqual([])
    }))

  it('case 8: since in seconds is converted and said so; what is no time is refused', () =>
    withRig({}, async rig => {
      const channel_id = rig.channels.dev.id
      for (const since of [
        -1,
        '-5',
        0,
        'yesterday',
        '2026-02-30',
        Date.now() + 86_400_000,
        '2999-01-01',
        1e300,
      ]) {
        expectError(await rig.call('list_posts', { channel_id, since }), 'invalid_input', 'since')
      }
      expect(rig.seen()).toEqual([])
      const hourAgo = Date.now() - 3_600_000
      const seconds = await rig.call('list_posts', { channel_id, since: Math.floor(hourAgo / 1000) })
      expectFine(seconds, 'since was read as seconds', 'Build 8 passed')
      const iso = await rig.call('list_posts', { channel_id, since: new Date(hourAgo).toISOString() })
      expect(expectFine(iso, 'Build 8 passed')).not.toContain('review the gateway branch last week')
      const asked = rig.mattermost.requestsTo('GET', /\/posts$/).map(({ query }) => query)
      for (const query of asked) {
        const at = Number(/since=(\d+)/.exec(query)?.[1])
        expect(Math.abs(at - hourAgo)).toBeLessThan(2_000)
      }
    }))
})
