import { describe, expect, it } from 'vitest'
import { startMattermost } from '../../support/mattermost/server.ts'
import { FOREVER, ME, meet, NEW_POST, PAGE } from './fault.ts'
import { expectError, expectFine, type Rig, until, withRig } from './rig.ts'

const ONCE = ['GET /users/me']
const TWICE = [...ONCE, ...ONCE]
const THREE_TIMES = [...TWICE, ...ONCE]

/** Asked again: once is enough here, and where it never ends three times are all. */
const ASKED_AGAIN: [number: number, name: string, words: RegExp][] = [
  [42, 'reset before the headers', /broke off the connection/],
  [42, 'done, reset in mid body', /broke off the connection/],
  [42, 'done, body shorter than its length', /broke off the connection/],
  [43, 'truncated gzip', /compressed answer that was cut off/],
  [47, 'closes without a byte', /broke off the connection/],
  [48, 'bad chunk size', /broke the rules of HTTP/],
  [48, 'a header of one megabyte', /broke the rules of HTTP/],
  [48, 'ten thousand headers', /broke the rules of HTTP/],
  [48, 'HTTP/0.9', /broke the rules of HTTP/],
  [48, 'not HTTP', /broke the rules of HTTP/],
]

const NOT_ASKED_AGAIN: [number: number, name: string, words: RegExp][] = [
  [44, 'corrupt gzip', /compressed answer that is damaged/],
  [44, 'said to be gzip but is not', /compressed answer that is damaged/],
  [44, 'brotli that nobody asked for', /encoding that nobody asked for/],
  [44, 'six encodings on top of each other', /encoding that nobody asked for/],
  [45, 'gzip bomb', /too large to be one/],
  [45, 'body without an end', /too large to be one/],
]

const TAKEN: [number: number, name: string][] = [
  [49, 'a storm of 100 Continue'],
  [49, 'a storm of 103 Early Hints'],
  [49, 'HTTP/1.0 without a length'],
  [51, 'closes the connection after a whole reply'],
]

describe.concurrent('C. transport', () => {
  for (const [number, name, words] of ASKED_AGAIN) {
    it(`case ${number}: ${name.replace('done, ', '')} is read again, and named where it stays`, () =>
      withRig({}, async rig => {
        meet(rig, number, name, { match: ME })
        expectFine(await rig.call('get_current_user'), /^username: alice$/m)
        expect(rig.seen()).toEqual(TWICE)
        meet(rig, number, name, { match: ME, times: FOREVER })
        expectError(await rig.call('get_current_user'), '(network|bad_response)', words)
        expect(rig.seen()).toEqual([...TWICE, ...THREE_TIMES])
      }))
  }

  for (const [number, name, words] of NOT_ASKED_AGAIN) {
    it(`case ${number}: ${name} is a bad response, and not asked for again`, () =>
      withRig({}, async rig => {
        meet(rig, number, name, { match: ME })
        expectError(await rig.call('get_current_user'), 'bad_response', words)
        expect(rig.seen()).toEqual(ONCE)
      }))
  }

  for (const [number, name] of TAKEN) {
    it(`case ${number}: ${name} is taken`, () =>
      withRig({}, async rig => {
        meet(rig, number, name, { match: ME })
        expectFine(await rig.call('get_current_user'), /^username: alice$/m)
        expectFine(await rig.call('get_current_user'), /^username: alice$/m)
        expect(rig.seen()).toEqual(TWICE)
      }))
  }

  it('case 41: a server that is gone is named with its port; what was not sent can be sent later', () =>
    withRig({ write: 'allow' }, async rig => {
      const { host, port } = new URL(rig.mattermost.url)
      await rig.mattermost.close()
      const post = { channel_id: rig.channels.dev.id, message: 'hello' }
      const answer = await rig.call('create_post', post)
      expectError(answer, 'network', host, 'refused the connection')
      const again = await startMattermost({ world: rig.world, port: Number(port) })
      try {
        await until(async () => {
          const { text } = await rig.call('create_post', post)
          return text.startsWith('Posted ') || text
        })
        expect(rig.posted(rig.channels.dev)).toEqual(['hello'])
        expectFine(await rig.call('get_current_user'), /^username: alice$/m)
      } finally {
        await again.close()
      }
      // Two servers of one world: the first takes over for what is asked at the end.
      await rig.mattermost.restart()
    }))

  it('case 41: a name without an address is named', () =>
    withRig({ url: () => 'https://chat.invalid:8443', warm: false, recovers: false }, async rig => {
      const answer = await rig.call('get_current_user')
      expectError(answer, 'network', 'chat.invalid:8443', 'was not found', 'DNS')
    }))

  it('case 41: an address that nothing leads to is named', { timeout: 60_000 }, () =>
    withRig({ url: () => 'https://[100::1]:8443', warm: false, recovers: false }, async rig => {
      const answer = await rig.call('get_current_user')
      expectError(answer, '(network|timeout)', '[100::1]:8443')
    }),
  )

  for (const name of ['reset before the headers', 'reset in mid body', 'body shorter than its length']) {
    it(`case 42: a post whose answer is lost (${name}) is posted once and never called a failure`, () =>
      withRig({ write: 'allow' }, async rig => {
        meet(rig, 42, `done, ${name}`, { match: NEW_POST })
        const answer = await rig.call('create_post', { channel_id: rig.channels.dev.id, message: 'hello' })
        expectPostedOrUnknown(rig, answer.text)
      }))
  }

  it('case 45: a list that unpacks to 100 MB is a bad response', () =>
    withRig({}, async rig => {
      meet(rig, 45, 'gzip bomb', { match: PAGE })
      const answer = await rig.call('list_posts', { channel_id: rig.channels.dev.id })
      expectError(answer, 'bad_response', 'too large to be one')
    }))

  it(
    'case 51: a connection that the server has closed in the meantime loses no post and makes none twice',
    { timeout: 90_000 },
    () =>
      withRig({ write: 'allow', server: { settings: { keepAliveMs: 5 } } }, async rig => {
        const sent: string[] = []
        for (let nth = 0; nth < 8; nth++) {
          const message = `message ${nth}`
          const answer = await rig.call('create_post', { channel_id: rig.channels.dev.id, message })
          if (!/\[unknown_outcome/.test(answer.text)) {
            expectFine(answer, /^Posted /)
            sent.push(message)
          }
          await new Promise(resolve => setTimeout(resolve, nth))
        }
        const posted = rig.posted(rig.channels.dev)
        expect(new Set(posted).size).toBe(posted.length)
        expect(posted).toEqual(expect.arrayContaining(sent))
      }),
  )

  it('case 52: where the first address of a name is dead the second is used', () =>
    withRig({ url: url => url.replace('127.0.0.1', 'localhost'), env: TWO_ADDRESSES }, async rig => {
      expectFine(await rig.call('get_current_user'), /^username: alice$/m)
    }))
})

/** Makes every name resolve to an IPv6 address at which nobody listens, and then to this machine. */
const TWO_ADDRESSES = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(
    `import dns from 'node:dns'
    dns.lookup = (name, options, done) => done(null, [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }])`,
  )}`,
}

function expectPostedOrUnknown(rig: Rig, text: string): void {
  expect(text).toMatch(/\[unknown_outcome|^(Already p|P)osted /)
  expect(rig.posts().length).toBe(1)
  expect(rig.posted(rig.channels.dev)).toEqual(['hello'])
}
