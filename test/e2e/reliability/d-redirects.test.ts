import { describe, expect, it } from 'vitest'
import { startMattermost } from '../../support/mattermost/server.ts'
import { FOREVER, ME, meet, meetOwn, NEW_POST } from './fault.ts'
import { expectError, type Rig, withRig } from './rig.ts'

const REDIRECTS: [number: number, name: string, target: RegExp][] = [
  [53, '302 to another host', /redirects to ELSEWHERE\./],
  [53, '307 to another host', /redirects to ELSEWHERE\./],
  ...[301, 302, 303, 307, 308].map((status): [number, string, RegExp] => {
    return [54, `${status} on the same server`, /redirects to 127\.0\.0\.1:\d+\./]
  }),
  [55, '301 to https', /redirects to ELSEWHERE\./],
  [56, 'redirect to itself', /redirects to 127\.0\.0\.1:\d+\./],
  [56, 'redirect without a target', /redirects to something that is no address/],
  [56, 'redirect to javascript:', /redirects to something that is no address/],
  [56, 'redirect to //evil', /redirects to evil\.example/],
]

/** A rig, and another server that must never be asked anything. */
async function withElsewhere(
  write: 'deny' | 'allow',
  test: (rig: Rig, elsewhere: string) => Promise<void>,
): Promise<void> {
  const other = await startMattermost()
  try {
    await withRig({ write }, rig => test(rig, other.url))
    expect(other.requests).toEqual([])
  } finally {
    await other.close()
  }
}

describe.concurrent('D. redirects', () => {
  for (const [number, name, target] of REDIRECTS) {
    it(`case ${number}: ${name} is not followed, and its target is named`, () =>
      withElsewhere('deny', async (rig, elsewhere) => {
        meet(rig, number, name, { match: ME, elsewhere })
        const answer = await rig.call('get_current_user')
        const named = new RegExp(target.source.replace('ELSEWHERE', new URL(elsewhere).host))
        expectError(answer, 'bad_response', named, 'not followed', 'Set the server URL')
        expect(rig.seen()).toEqual(['GET /users/me'])
      }))
  }

  for (const [number, name] of [
    [53, '307 to another host'],
    [54, '302 on the same server'],
    [54, '307 on the same server'],
  ] as const) {
    it(`case ${number}: ${name} for a post is not followed either, and nothing is posted`, () =>
      withElsewhere('allow', async (rig, elsewhere) => {
        meet(rig, number, name, { match: NEW_POST, elsewhere, times: FOREVER })
        const answer = await rig.call('create_post', { channel_id: rig.channels.dev.id, message: 'hello' })
        expectError(answer, '(unknown_outcome|bad_response)')
        // With a journal the same post may be tried once more, when it is known not to be there.
        const keys = rig.posts().map(({ body }) => JSON.parse(body).pending_post_id)
        expect(new Set(keys).size).toBe(1)
        expect(rig.posted(rig.channels.dev)).toEqual([])
        const seen = rig.seen()
        expect(seen.slice(seen.indexOf('POST /posts'))).not.toContain('GET /users/me')
      }))
  }

  it('case 55: no request follows to https or goes out over http again', () =>
    withElsewhere('deny', async (rig, elsewhere) => {
      meet(rig, 55, '301 to https', { match: ME, elsewhere, times: FOREVER })
      expectError(await rig.call('get_current_user'), 'bad_response', 'Set the server URL')
      expect(rig.seen()).toEqual(['GET /users/me'])
    }))

  it('case 60: the token and the host of every request are those of the server that was set', () =>
    withElsewhere('allow', async (rig, elsewhere) => {
      const location = `${elsewhere}/api/v4/users/me`
      const headers: [string, string][] = [
        ['Location', location],
        ['Refresh', `0; url=${location}`],
        ['Link', `<${location}>; rel=preload`],
        ['Alt-Svc', `h2="${new URL(elsewhere).host}"`],
        ['Set-Cookie', 'MMAUTHTOKEN=other; Path=/'],
      ]
      meetOwn(
        rig,
        { kind: 'change', change: reply => ({ ...reply, headers: [...reply.headers, ...headers] }) },
        {
          match: ME,
        },
      )
      await rig.call('get_current_user')
      await rig.call('list_channels')
      await rig.call('get_post', { post_id: `${elsewhere}/eng/pl/${'a'.repeat(26)}` })
      await rig.call('create_post', { channel_id: rig.channels.dev.id, message: `see ${location}` })
      const { host } = new URL(rig.mattermost.url)
      for (const { headers: sent } of rig.mattermost.requests) {
        expect(sent.host).toBe(host)
        expect(sent.cookie).toBeUndefined()
        expect([undefined, `Bearer ${rig.token}`]).toContain(sent.authorization)
      }
    }))
})
