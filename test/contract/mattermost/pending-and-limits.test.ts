import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OwnServer, ownServer } from './own-server.ts'

let server: OwnServer
const ME = '/api/v4/users/me'
const POSTS = { method: 'POST', path: /posts$/ }

beforeEach(async () => {
  server = await ownServer()
})
afterEach(() => server.close())

function say(message: string, key: string) {
  const body = { channel_id: server.channels.dev.id, message, pending_post_id: key }
  return server.ask('/api/v4/posts', { body })
}

describe('pending_post_id', () => {
  it('lasts 30 s from the end of the first, and a duplicate does not renew it', async () => {
    const first = (await say('once', 'k')).json().id
    server.clock.now += 20_000
    expect((await say('once', 'k')).json().id).toBe(first)
    server.clock.now += 9_999
    expect((await say('once', 'k')).json().id).toBe(first)
    server.clock.now += 1
    expect((await say('once', 'k')).json().id).not.toBe(first)
  })

  it('is forgotten at a restart', async () => {
    const first = (await say('once', 'k')).json().id
    await server.mattermost.restart()
    expect((await say('once', 'k')).json().id).not.toBe(first)
  })

  it('is 500 pending while the first is running', async () => {
    const gate = server.mattermost.faults.hold(POSTS, 'beforeSave')
    const first = say('once', 'k')
    await gate.arrived
    const second = await say('once', 'k')
    expect([second.status, second.errorId()]).toEqual([500, 'api.post.deduplicate_create_post.pending'])
    gate.release()
    expect((await first).status).toBe(201)
  })

  it('is looked up and set in two steps: two at the same instant both post', async () => {
    const gate = server.mattermost.faults.hold(POSTS, 'pendingCheck')
    const both = [say('twin', 'k'), say('twin', 'k')]
    await expect.poll(() => gate.count()).toBe(2)
    gate.release()
    const ids = (await Promise.all(both)).map(reply => reply.json().id)
    expect(new Set(ids).size).toBe(2)
  })

  it('can be made atomic for a test', async () => {
    server.mattermost.settings.atomicPendingCheck = true
    const gate = server.mattermost.faults.hold(POSTS, 'pendingCheck')
    await Promise.all([say('one', 'k'), say('one', 'k')])
    expect(gate.count()).toBe(0)
    expect(
      server.world.posts.inChannel(server.channels.dev.id).filter(post => post.message === 'one'),
    ).toHaveLength(1)
  })
})

describe('rate limiting', () => {
  const limits = (reply: Awaited<ReturnType<OwnServer['ask']>>) => {
    return ['limit', 'remaining', 'reset'].map(name => reply.headers.get(`x-ratelimit-${name}`)?.join(', '))
  }

  it('by address: limit is burst + 1, Reset counts from now, 429 is text and comes before the handler', async () => {
    server.mattermost.settings.rateLimit = { perSec: 2, burst: 1 }
    expect(limits(await server.ask(ME))).toEqual(['2', '1', '1'])
    expect(limits(await server.ask('/api/v4/nope'))).toEqual(['2', '0', '1'])
    const before = server.world.posts.size
    const refused = await say('must not exist', 'k')
    expect([refused.status, refused.text]).toEqual([429, 'limit exceeded\n'])
    expect([refused.header('content-type'), refused.header('retry-after')]).toEqual([
      'text/plain; charset=utf-8',
      '1',
    ])
    expect([refused.header('x-request-id'), refused.header('x-content-type-options')]).toEqual([
      undefined,
      'nosniff',
    ])
    expect(server.world.posts.size).toBe(before)
    server.clock.now += 1000
    expect((await server.ask('/api/v4/system/ping')).status).toBe(200)
  })

  it('by user: both limiters write their headers, Retry-After comes once', async () => {
    server.mattermost.settings.rateLimit = { perSec: 2, burst: 1, varyByUser: true }
    expect(limits(await server.ask(ME))).toEqual(['2, 2', '1, 1', '1, 1'])
    const other = server.world.addToken(server.people.alice)
    expect(limits(await server.ask(ME, { token: other }))).toEqual(['2, 2', '1, 0', '1, 1'])
    const inner = await server.ask(ME, { token: other })
    expect([
      inner.status,
      inner.headers.get('retry-after'),
      inner.header('x-request-id') !== undefined,
    ]).toEqual([429, ['1'], true])
  })

  it('by user only: all without a token share one bucket', async () => {
    server.mattermost.settings.rateLimit = { perSec: 2, burst: 1, varyByUser: true, varyByRemoteAddr: false }
    const statuses = []
    for (let nth = 0; nth < 3; nth++) statuses.push((await server.ask(ME, { token: '' })).status)
    expect(statuses).toEqual([401, 401, 429])
    expect((await server.ask(ME)).status).toBe(200)
  })
})

describe('connections', () => {
  it('an idle one is closed after the time of the settings', async () => {
    expect(server.mattermost.settings.keepAliveMs).toBe(60_000)
    server.mattermost.settings.keepAliveMs = 1
    const { hostname, port } = new URL(server.mattermost.url)
    const socket = connect(Number(port), hostname).resume()
    socket.write('GET /api/v4/system/ping HTTP/1.1\r\nHost: test\r\n\r\n')
    await once(socket, 'end')
    expect(socket.bytesRead).toBeGreaterThan(0)
  })

  it('closing ends every connection and frees the port', async () => {
    const { hostname, port } = new URL(server.mattermost.url)
    const socket = connect(Number(port), hostname).on('error', () => undefined)
    await once(socket, 'connect')
    const closed = once(socket, 'close')
    await server.close()
    await closed
    const again = await ownServer({ port: Number(port) })
    expect(new URL(again.mattermost.url).port).toBe(port)
    await again.close()
  })

  it('the log knows every request, its text and what was answered', async () => {
    await say('logged', 'k')
    await server.ask('/api/v4/nope?x=1')
    const [post] = server.mattermost.requestsTo('POST', /\/posts$/)
    expect(post).toMatchObject({ method: 'POST', path: '/api/v4/posts', status: 201, query: '' })
    expect(JSON.parse(post?.body ?? '')).toMatchObject({ message: 'logged' })
    expect(server.mattermost.requests.at(-1)).toMatchObject({
      path: '/api/v4/nope',
      query: 'x=1',
      status: 404,
    })
  })
})
