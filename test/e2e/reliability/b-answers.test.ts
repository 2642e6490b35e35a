import { describe, expect, it } from 'vitest'
import { FOREVER, ME, meet } from './fault.ts'
import { expectError, expectFine, withRig } from './rig.ts'

const ASKED_ONCE = ['GET /users/me']
const MY_CHANNELS = { method: 'GET', path: /\/users\/me\/channels$/ }
const TEAM_CHANNELS = { method: 'GET', path: /\/users\/me\/teams\/\w+\/channels$/ }

/** What `get_current_user` makes of a fault: an error with these words, after exactly one request. */
const REFUSED: [number: number, name: string, words: RegExp][] = [
  [23, 'HTML page', /web page titled "Sign in to Example SSO" instead of the Mattermost API.*HTTP 200/s],
  [24, 'HTML labelled as JSON', /web page titled "Sign in to Example SSO" instead of the Mattermost API/],
  [29, 'null', /not a user/],
  [29, 'empty object', /not a user/],
  [29, 'empty text', /not a user/],
  [29, 'zero', /not a user/],
  [31, '204', /answered with nothing.*HTTP 204/s],
  [31, '200 of no length', /answered with nothing.*HTTP 200/s],
  [36, 'invalid UTF-8', /not UTF-8/],
  [36, 'UTF-16', /not UTF-8/],
  [37, 'trailing garbage', /not whole JSON/],
  [37, 'one JSON per line', /not whole JSON/],
  [38, '304 that nobody asked for', /"not modified" although nobody asked.*HTTP 304/s],
  [50, 'deeply nested arrays', /not a user/],
]

/** What is odd but says what was asked for. */
const TAKEN: [number: number, name: string][] = [
  [25, 'JSON labelled text/plain'],
  [25, 'JSON with a charset'],
  [25, 'JSON without a content type'],
  [36, 'UTF-8 byte order mark'],
  // The last of equal keys counts, as in every parser of JSON.
  [37, 'duplicate keys'],
  [39, 'no X-Version-Id'],
  [39, 'X-Version-Id of the future'],
]

describe.concurrent('B. answers that lie', () => {
  for (const [number, name, words] of REFUSED) {
    it(`case ${number}: ${name} is a bad response that says why, and is not asked for again`, () =>
      withRig({}, async rig => {
        meet(rig, number, name, { match: ME })
        expectError(await rig.call('get_current_user'), 'bad_response', words)
        expect(rig.seen()).toEqual(ASKED_ONCE)
      }))
  }

  for (const [number, name] of TAKEN) {
    it(`case ${number}: ${name} is taken for what it says`, () =>
      withRig({}, async rig => {
        meet(rig, number, name, { match: ME })
        const text = expectFine(await rig.call('get_current_user'), /^username: alice$/m)
        expect(text).toContain(`id: ${rig.people.alice.id}`)
        expect(rig.seen()).toEqual(ASKED_ONCE)
      }))
  }

  it('case 26: an error object with 200 is the error that it says', () =>
    withRig({}, async rig => {
      const { id } = rig.world.addPost(rig.channels.dev, rig.people.bob, 'hello')
      meet(rig, 26, 'error object with 200', { match: { method: 'GET', path: /\/posts\/\w+$/ } })
      const answer = await rig.call('get_post', { post_id: id })
      expectError(answer, 'not_found', 'HTTP 404', 'app.post.get.app_error', 'request qqq')
      expect(rig.seen()).toEqual([`GET /posts/${id}`])
    }))

  it('case 26: an error object with 201 for a post is no post: looked for, and sent once more by the same id', () =>
    withRig({ write: 'allow' }, async rig => {
      meet(rig, 26, 'error object with 200', { match: { method: 'POST', path: /\/posts$/ } })
      const answer = await rig.call('create_post', { channel_id: rig.channels.dev.id, message: 'hello' })
      expectFine(answer, /^Posted /)
      const ids = rig.posts().map(({ body }) => JSON.parse(body).pending_post_id)
      expect(ids).toHaveLength(2)
      expect(new Set(ids).size).toBe(1)
      expect(rig.posted(rig.channels.dev)).toHaveLength(1)
    }))

  for (const status of [200, 404]) {
    it(`case 27: the list that never ends, with ${status}, of somebody without channels is empty`, () =>
      withRig({}, async rig => {
        meet(rig, 27, `broken array, ${status}`, { match: MY_CHANNELS })
        expectFine(await rig.call('list_channels'), /^0 of 0 channels/)
      }))
  }

  it('case 27: the list that never ends because something failed is an error, never a part of a list', () =>
    withRig({}, async rig => {
      meet(rig, 27, 'broken array, 500', { match: MY_CHANNELS, times: FOREVER })
      const answer = await rig.call('list_channels')
      expectError(answer, '(unavailable|bad_response)', 'app.channel.get_channels.get.app_error')
      expect(answer.text).not.toContain('~')
      expect(rig.seen().filter(line => line === 'GET /users/me/channels').length).toBe(3)
    }))

  it('case 27: a list that fails in its middle is an error, compressed or not', () =>
    withRig({}, async rig => {
      const { world, teams, people } = rig
      for (let nth = 0; nth < 150; nth++)
        world.addChannel(teams.eng, `many-${nth}`, { creator: people.alice })
      rig.mattermost.settings.streamFailsAfter100 = true
      for (const gzip of [true, false]) {
        rig.mattermost.settings.gzip = gzip
        const answer = await rig.call('list_channels')
        expectError(answer, '(unavailable|bad_response|refused)')
        expect(answer.text).not.toContain('many-')
      }
    }))

  it('case 28: the 404 that means "no channels in this team" is an empty list', () =>
    withRig({}, async rig => {
      meet(rig, 28, '404 that means an empty list', { match: TEAM_CHANNELS })
      expectFine(await rig.call('list_channels', { team: 'eng' }), /^0 of 0 channels/)
    }))

  it('case 29: null is how the server writes an empty list; anything else is no list', () =>
    withRig({}, async rig => {
      meet(rig, 29, 'null', { match: MY_CHANNELS })
      expectFine(await rig.call('list_channels'), /^0 of 0 channels/)
      for (const name of ['empty object', 'empty text', 'zero']) {
        meet(rig, 29, name, { match: MY_CHANNELS })
        expectError(await rig.call('list_channels'), 'bad_response', 'not a list of channels')
      }
      for (const name of ['null', 'empty object', 'empty text', 'zero']) {
        meet(rig, 29, name, { match: { method: 'GET', path: /\/channels\/\w+\/posts$/ } })
        const answer = await rig.call('list_posts', { channel_id: rig.channels.dev.id })
        expectError(answer, 'bad_response', 'not a list of posts')
      }
    }))
})
