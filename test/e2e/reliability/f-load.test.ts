import { describe, expect, it } from 'vitest'
import type { Fault } from '../../support/mattermost/faults.ts'
import { FOREVER, ME, meet, meetOwn, NEW_POST } from './fault.ts'
import { expectError, expectFine, type Rig, until, withRig } from './rig.ts'

const ALL = { path: /./ }

function post(rig: Rig, message = 'hello') {
  return rig.call('create_post', { channel_id: rig.channels.dev.id, message })
}

function limited(retryAfter: string, type: string, body: string): Fault {
  return {
    kind: 'reply',
    status: 429,
    headers: [
      ['Content-Type', type],
      ['Retry-After', retryAfter],
    ],
    body,
  }
}

describe.concurrent('F. load and failures in storms', () => {
  for (const name of [
    '429, Retry-After 1',
    '429, Retry-After 1, 1',
    '429, Retry-After -5',
    '429, Retry-After abc',
    '429 without Retry-After',
    '429 with doubled limits',
    '429 with an epoch in Reset',
    '429 page of a CDN',
  ]) {
    it(`case 66: ${name}: waits, then asks again`, () =>
      withRig({}, async rig => {
        meet(rig, 66, name, { match: ME })
        expectFine(await rig.call('get_current_user'), /^username: alice$/m)
        expect(rig.seen()).toEqual(['GET /users/me', 'GET /users/me'])
        const [first, second] = rig.mattermost.requests.slice(-2)
        expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990)
      }))
  }

  for (const [name, seconds] of [
    ['429, Retry-After 120', /wait (120|119) seconds/],
    ['429, Retry-After Wed, 21 Oct 2099 07:28:00 GMT', /wait \d{7,} seconds/],
  ] as const) {
    it(`case 66: ${name}: is told at once, for all calls`, () =>
      withRig({ write: 'allow', recovers: false }, async rig => {
        meet(rig, 66, name, { match: ME })
        expectError(await rig.call('get_current_user'), 'rate_limited', seconds, 'HTTP 429')
        for (let nth = 0; nth < 10; nth++) expectError(await rig.call('list_teams'), 'rate_limited')
        expectError(await post(rig), 'rate_limited')
        expect(rig.seen()).toEqual(['GET /users/me'])
      }))
  }

  it('case 66: 429 for good: three tries, then told', () =>
    withRig({}, async rig => {
      meet(rig, 66, '429 for good', { match: ME })
      expectError(await rig.call('get_current_user'), 'rate_limited', /wait 1 seconds?/)
      expect(rig.seen().length).toBe(3)
    }))

  it('case 66: a post that meets 429 of the server is not posted; the next one is', () =>
    withRig({ write: 'allow' }, async rig => {
      meetOwn(rig, limited('1', 'text/plain', 'limit exceeded\n'), { match: NEW_POST })
      const answer = await post(rig)
      expect(answer.text).toMatch(/\[rate_limited|^Posted /)
      if (answer.isError) {
        expect(rig.posted(rig.channels.dev)).toEqual([])
        expectFine(await post(rig), /^Posted /)
      }
      expect(rig.posted(rig.channels.dev)).toEqual(['hello'])
    }))

  it('case 66: the real limiter of the server lets 30 calls through without one failing for good', () =>
    withRig({ server: { settings: { rateLimit: { perSec: 100, burst: 20 } } } }, async rig => {
      const answers = await Promise.all(Array.from({ length: 30 }, () => rig.call('get_current_user')))
      for (const answer of answers) expectFine(answer, /^username: alice$/m)
    }))

  for (const status of [500, 502, 503, 504]) {
    it(`case 67: ${status} once: a read is tried again`, () =>
      withRig({}, async rig => {
        meet(rig, 67, `${status} once`, { match: ME })
        expectFine(await rig.call('get_current_user'), /^username: alice$/m)
        expect(rig.seen()).toEqual(['GET /users/me', 'GET /users/me'])
      }))

    it(`case 67: ${status} after a post was saved: posted once, never called a failure`, () =>
      withRig({ write: 'allow' }, async rig => {
        meet(rig, 67, `done, then ${status}`, { match: NEW_POST })
        const { text } = await post(rig)
        expect(text).toMatch(/\[unknown_outcome|^(Already p|P)osted /)
        expect(rig.posts().length).toBe(1)
        expect(rig.posted(rig.channels.dev)).toEqual(['hello'])
      }))
  }

  it('case 67: a server that saves the post, fails and forgets its key: posted once', () =>
    withRig({ write: 'allow' }, async rig => {
      meet(rig, 67, 'saved, then 500, and the key is forgotten', { match: NEW_POST })
      const { text } = await post(rig)
      expect(text).toMatch(/\[unknown_outcome|^(Already p|P)osted /)
      expect(rig.posts().length).toBe(1)
      expect(rig.posted(rig.channels.dev)).toEqual(['hello'])
    }))

  it('case 67: a server that is busy is read again, and named as that', () =>
    withRig({}, async rig => {
      meet(rig, 67, '503 server busy', { match: ME, times: FOREVER })
      expectError(
        await rig.call('get_current_user'),
        'unavailable',
        'busy',
        'api.context.server_busy.app_error',
      )
      expect(rig.seen().length).toBe(3)
    }))

  it(
    'case 69: a server that fails for long is left alone, and used again when it works',
    { timeout: 60_000 },
    () =>
      withRig({ write: 'allow' }, async rig => {
        meet(rig, 69, '502 for good', { match: ALL })
        const calls = (): number => rig.seen().filter(line => !line.endsWith('/system/ping')).length
        const burst = () => Promise.all(Array.from({ length: 50 }, () => rig.call('get_current_user')))
        for (const answer of await burst()) expectError(answer, 'unavailable')
        const before = calls()
        expect(before).toBeLessThanOrEqual(150)
        for (const answer of await burst()) expectError(answer, 'unavailable', 'left alone')
        expectError(await post(rig), 'unavailable', 'left alone')
        expect(calls()).toBe(before)
        rig.mattermost.faults.clear()
        await until(async () => /^username: alice$/m.test((await rig.call('get_current_user')).text))
        // It was asked how it is, without the token, before anybody's call was let through.
        const probes = rig.mattermost.requestsTo('GET', /system\/ping$/)
        expect(probes.length).toBeGreaterThan(0)
        for (const { headers } of probes) expect(headers.authorization).toBeUndefined()
        expectFine(await post(rig), /^Posted /)
      }),
  )

  it('case 69: a server that works every third time is used all the while', { timeout: 60_000 }, () =>
    withRig({}, async rig => {
      let nth = 0
      const often = (request: { path: string }) => request.path.endsWith('/users/me') && ++nth % 3 !== 0
      meet(rig, 69, '502 for good', { match: often })
      for (let call = 0; call < 12; call++) expectFine(await rig.call('get_current_user'))
    }),
  )

  for (const name of ['a clock far ahead', 'a clock long ago', 'no clock']) {
    it(`case 70: a server with ${name} is read and posted to as usual`, () =>
      withRig({ write: 'allow' }, async rig => {
        meet(rig, 70, name, { match: ALL, times: FOREVER })
        expectFine(await rig.call('list_posts', { channel_id: rig.channels.dev.id, since: '2h' }), 'Build 8')
        expectFine(await post(rig), /^Posted /)
        expect(rig.posts().length).toBe(1)
        expect(rig.posted(rig.channels.dev)).toEqual(['hello'])
      }))
  }

  for (const [name, days] of [
    ['a day ahead', 1],
    ['a day behind', -1],
  ] as const) {
    it(`case 70: with our own clock ${name}, and jumping, deadlines and posts are as usual`, () =>
      withRig({ write: 'allow', env: { NODE_OPTIONS: clock(days) } }, async rig => {
        meetOwn(rig, { kind: 'delay', ms: 300 }, { match: ME })
        expectFine(await rig.call('get_current_user'), /^username: alice$/m)
        expectFine(await post(rig), /^Posted /)
        meet(rig, 67, 'done, then 502', { match: NEW_POST })
        expect((await post(rig, 'second')).text).toMatch(/\[unknown_outcome|^(Already p|P)osted /)
        expect(rig.posted(rig.channels.dev)).toEqual(['hello', 'second'])
      }))
  }
})

/** Node's options for a clock that is so many days off, and off by twice as much every other time it is read. */
function clock(days: number): string {
  const source = `const real = Date.now; let nth = 0
    Date.now = () => real() + ${days * 86_400_000} * (1 + (++nth % 2))`
  return `--import=data:text/javascript,${encodeURIComponent(source)}`
}
