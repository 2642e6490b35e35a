import { describe, expect, it } from 'vitest'
import { FOREVER, meet, meetOwn, NEW_POST, PAGE } from './fault.ts'
import { expectError, expectFine, type Rig, withRig } from './rig.ts'

const STRANGER = 'x'.repeat(26)

function page(rig: Rig, more: Record<string, unknown> = {}) {
  return rig.call('list_posts', { channel_id: rig.channels.dev.id, ...more })
}

function ids(data: Record<string, unknown>): string[] {
  return (data.posts as { id: string }[]).map(({ id }) => id)
}

describe.concurrent('B. lists and posts that lie', () => {
  it('case 32: a list that names posts which it does not hold says how many', () =>
    withRig({}, async rig => {
      meet(rig, 32, 'order names posts that are not there', { match: PAGE })
      expectFine(await page(rig), 'The server named 1 posts that it did not send', 'Build 8 passed')
    }))

  it('case 32: a list that names posts twice shows each once', () =>
    withRig({}, async rig => {
      const whole = ids((await page(rig)).data)
      meet(rig, 32, 'order names posts twice', { match: PAGE })
      expect(ids((await page(rig)).data)).toEqual(whole)
    }))

  it('case 32: posts that are their own roots end', () =>
    withRig({ write: 'allow' }, async rig => {
      const { id } = rig.world.addPost(rig.channels.dev, rig.people.bob, 'round')
      const circle = { match: { method: 'GET', path: /\/posts/ }, times: FOREVER }
      meet(rig, 32, 'root_id goes round in a circle', circle)
      expectFine(await page(rig), 'round')
      expectFine(await rig.call('get_post', { post_id: id, thread: true }), 'round')
      await rig.call('create_post', { channel_id: rig.channels.dev.id, message: 'hello', root_id: id })
      expect(rig.seen().length).toBeLessThan(30)
      expect(rig.posts().length).toBeLessThanOrEqual(1)
    }))

  for (const key of ['__proto__', 'constructor']) {
    it(`case 33: a post with the key ${key} changes nothing`, () =>
      withRig({}, async rig => {
        const whole = ids((await page(rig)).data)
        meet(rig, 33, `a post with the key ${key}`, { match: PAGE })
        expect(ids((await page(rig)).data)).toEqual(whole)
        expect(ids((await page(rig)).data)).toEqual(whole)
        expect(rig.client.stdout).not.toContain('polluted')
      }))
  }

  it('case 34: the posts of another channel are not shown', () =>
    withRig({}, async rig => {
      meet(rig, 34, 'the posts of another channel', { match: PAGE })
      const answer = await page(rig)
      expectError(answer, 'bad_response', 'another channel than asked')
      expect(answer.text).not.toContain('Build 8')
    }))

  it('case 34: another post or channel than asked for is not shown', () =>
    withRig({}, async rig => {
      const { id } = rig.world.addPost(rig.channels.dev, rig.people.bob, 'mine')
      meet(rig, 34, 'another object than asked for', { match: { method: 'GET', path: /\/posts\/\w+$/ } })
      expectError(await rig.call('get_post', { post_id: id }), 'bad_response', 'something else than asked')
      meet(rig, 34, 'another object than asked for', {
        match: { method: 'GET', path: /\/channels\/\w+$/ },
        times: 2,
      })
      const answer = await rig.call('get_channel', { channel_id: rig.channels.vault.id })
      expectError(answer, 'bad_response', 'something else than asked')
    }))

  it('case 34: the answer to a post that is another post is no proof that ours was posted', () =>
    withRig({ write: 'allow' }, async rig => {
      meet(rig, 34, 'the posts of another channel', { match: NEW_POST })
      const answer = await rig.call('create_post', { channel_id: rig.channels.dev.id, message: 'hello' })
      expect(answer.text).toMatch(/\[unknown_outcome|^(Already p|P)osted /)
      expect(rig.posts().length).toBe(1)
      expect(rig.posted(rig.channels.dev)).toEqual(['hello'])
    }))

  for (const name of [
    'message null',
    'create_at as text',
    'create_at beyond every number',
    'create_at beyond whole numbers',
    'create_at beyond every date',
  ]) {
    it(`case 35: ${name} is a bad response`, () =>
      withRig({}, async rig => {
        meet(rig, 35, name, { match: PAGE })
        expectError(await page(rig), 'bad_response', 'not a post', name.split(' ')[0] ?? '')
      }))
  }

  it('case 35: what does not matter may be of a wrong type', () =>
    withRig({}, async rig => {
      meet(rig, 35, 'props and metadata of wrong types', { match: PAGE })
      expectFine(await page(rig), 'Build 8 passed')
    }))

  it('case 40: pages without an end end', () =>
    withRig({}, async rig => {
      meet(rig, 40, 'pages without an end', { match: PAGE, times: FOREVER })
      const { id } = rig.world.addPost(rig.channels.dev, rig.people.bob, 'last')
      for (const more of [{}, { per_page: 2 }, { before: id }, { after: id }, { since: '2h' }]) {
        const start = rig.seen().length
        expect((await page(rig, more)).isError).toBe(false)
        expect(rig.seen().length - start).toBeLessThanOrEqual(6)
      }
    }))

  it('case 40: a server that always gives the same page never makes more than a page of it', () =>
    withRig({}, async rig => {
      const first = await page(rig, { per_page: 3 })
      let next = first.data.next as Record<string, unknown> | undefined
      const start = rig.seen().length
      const same = rig.mattermost.requestsTo('GET', /\/posts$/)[0]
      expect(same).toBeDefined()
      const body = JSON.stringify({ order: [STRANGER], posts: {}, prev_post_id: STRANGER })
      meetOwn(rig, { kind: 'reply', status: 200, body }, { match: PAGE, times: FOREVER })
      let pages = 0
      while (next !== undefined && pages < 20) {
        next = (await page(rig, next)).data.next as Record<string, unknown> | undefined
        pages++
      }
      expect(pages).toBeLessThan(20)
      expect(rig.seen().length - start).toBeLessThanOrEqual(6 * pages)
    }))

  it('case 50: a post with props of 200,000 levels is shown without them', () =>
    withRig({}, async rig => {
      const deep = `{"attachments":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
      meetOwn(
        rig,
        {
          kind: 'change',
          change: reply => {
            const text = reply.body.toString('utf8').replace(/"props":\{\}/g, `"props":${deep}`)
            return { ...reply, body: Buffer.from(text) }
          },
        },
        { match: PAGE },
      )
      rig.world.addPost(rig.channels.dev, rig.people.bob, 'deep inside')
      const answer = await page(rig, { per_page: 1 })
      expect(answer.text).toMatch(/deep inside|\[bad_response/)
    }))
})
