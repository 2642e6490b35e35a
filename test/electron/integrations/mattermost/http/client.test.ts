import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MattermostClient } from '../../../../../electron/integrations/mattermost/http/client.ts'
import { route } from '../../../../../electron/integrations/mattermost/http/route.ts'
import { KosmoError } from '../../../../../shared/errors.ts'
import { until } from '../../../../support/broker/until.ts'
import type { Fault } from '../../../../support/mattermost/faults.ts'
import { openService } from '../../../../support/tools/open-service.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'

let town: Town
let token: string
let client: MattermostClient
beforeEach(async () => {
  town = await openTown()
  token = town.world.token(town.people.alice)
  client = openService({ url: town.mattermost.url, token }).client
})
afterEach(async () => {
  client.close()
  await town.close()
})

const ME = { method: 'GET', path: /users\/me$/ }
const meets = (fault: Fault, times = 9) => town.mattermost.faults.push({ match: ME, times, fault })
const read = (signal = new AbortController().signal) => client.read(route`/users/me`, { signal })
const attempts = () => town.mattermost.requestsTo('GET', /users\/me$/).length

async function failure(promise: Promise<unknown>): Promise<KosmoError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof KosmoError)) throw new Error(`expected a KosmoError, got ${String(error)}`)
  expect(error.message).not.toContain(token)
  return error
}

const HTML = '<!DOCTYPE html><html><head><title>Sign in\nto Corp</title></head></html>'

describe('a read', () => {
  it('carries the token in its header, asks for English and JSON, and keeps no cookie', async () => {
    meets(
      {
        kind: 'change',
        change: reply => ({ ...reply, headers: [...reply.headers, ['Set-Cookie', 'MMAUTHTOKEN=evil']] }),
      },
      1,
    )
    await read()
    await read()
    for (const { headers, query } of town.mattermost.requests) {
      expect(headers).toMatchObject({
        authorization: `Bearer ${token}`,
        'accept-language': 'en',
        accept: 'application/json',
      })
      expect(headers.cookie).toBeUndefined()
      expect(query).not.toContain(token)
    }
  })

  it.each<[string, Fault]>([
    ['500', { kind: 'reply', status: 500, body: '{"id":"x","message":"x","status_code":500}' }],
    ['502', { kind: 'reply', status: 502, body: HTML }],
    ['503', { kind: 'reply', status: 503, body: '' }],
    ['504', { kind: 'reply', status: 504, body: '' }],
    ['a reset', { kind: 'resetBeforeHeaders' }],
    ['a reset in the middle', { kind: 'resetMidBody' }],
    ['a polite end', { kind: 'halfClose' }],
    ['a short body', { kind: 'shortBody', missing: 3 }],
    ['a cut gzip stream', { kind: 'gzip', how: 'truncated' }],
    ['a broken chunk', { kind: 'badChunk' }],
  ])('is tried twice more after %s, and no more often', async (_, fault) => {
    meets(fault, 2)
    await expect(read()).resolves.toMatchObject({ username: 'alice' })
    expect(attempts()).toBe(3)
    meets(fault, 9)
    await failure(read())
    expect(attempts()).toBe(6)
  })

  it.each<[string, Fault]>([
    ['400', { kind: 'reply', status: 400, body: '{"id":"x","message":"x","status_code":400}' }],
    ['401', { kind: 'reply', status: 401, body: '{"id":"x","message":"x","status_code":401}' }],
    ['403', { kind: 'reply', status: 403, body: '{"id":"x","message":"x","status_code":403}' }],
    ['404', { kind: 'reply', status: 404, body: '{"id":"x","message":"x","status_code":404}' }],
    ['501', { kind: 'reply', status: 501, body: '{"id":"x","message":"x","status_code":501}' }],
    ['a redirect', { kind: 'reply', status: 302, headers: [['Location', '/login']] }],
    ['a web page', { kind: 'reply', status: 200, body: HTML }],
    [
      'a change of protocol that nobody asked for',
      {
        kind: 'raw',
        pieces: ['HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'],
        ending: 'leaveOpen',
      },
    ],
    ['no JSON', { kind: 'reply', status: 200, body: 'OK' }],
    ['a damaged gzip stream', { kind: 'gzip', how: 'corrupt' }],
    ['an encoding that nobody asked for', { kind: 'encodings', names: ['br'], really: true }],
  ])('is not tried again after %s', async (_, fault) => {
    meets(fault)
    await failure(read())
    expect(attempts()).toBe(1)
  })

  it('ends at once where the caller has given up, and is not tried again', async () => {
    const gate = town.mattermost.faults.hold(ME)
    const controller = new AbortController()
    const call = read(controller.signal)
    await gate.arrived
    controller.abort()
    expect((await failure(call)).code).toBe('cancelled')
    gate.release()
    expect(attempts()).toBe(1)
  })

  it('knows the time of the call being over from a cancelled one', async () => {
    const gate = town.mattermost.faults.hold(ME)
    const controller = new AbortController()
    const call = read(controller.signal)
    await gate.arrived
    controller.abort(new DOMException('over', 'TimeoutError'))
    expect((await failure(call)).code).toBe('timeout')
    gate.release()
  })

  it('waits as long as the server asks, then asks again', async () => {
    meets({ kind: 'reply', status: 429, headers: [['Retry-After', '1']], body: 'limit exceeded\n' }, 1)
    await expect(read()).resolves.toMatchObject({ username: 'alice' })
    expect(attempts()).toBe(2)
  })

  it('gives up at once where the server asks for more time than there is, and leaves it in peace', async () => {
    meets({ kind: 'reply', status: 429, headers: [['Retry-After', '120']], body: 'limit exceeded\n' })
    const error = await failure(read())
    expect(error).toMatchObject({ code: 'rate_limited', facts: { status: 429 } })
    expect(error.message).toContain('wait 120 seconds')
    expect((await failure(read())).code).toBe('rate_limited')
    expect(attempts()).toBe(1)
  })
})

describe('the token', () => {
  it.each<[string, (secret: string) => Fault]>([
    [
      'a proxy',
      secret => ({ kind: 'reply', status: 502, body: `cannot pass on "Authorization: Bearer ${secret}"` }),
    ],
    [
      'a web page',
      secret => ({ kind: 'reply', status: 403, body: `<html><title>${secret} is blocked</title>` }),
    ],
    [
      'a plugin',
      secret => ({
        kind: 'reply',
        status: 400,
        body: JSON.stringify({ id: `no ${secret}!`, message: '', status_code: 400 }),
      }),
    ],
    [
      'a redirect',
      secret => ({ kind: 'reply', status: 302, headers: [['Location', `https://${secret}.example/`]] }),
    ],
  ])('is not shown although %s quotes it', async (_, fault) => {
    meets(fault(token))
    await failure(read())
  })
})

describe('where a write stands', () => {
  const write = (signal = new AbortController().signal) =>
    client.write(route`/posts`, { body: { channel_id: 'x', message: 'y' }, signal })

  it('is "not done" where nothing could be sent', async () => {
    await town.close()
    expect(await write()).toMatchObject({ kind: 'not-done', error: { code: 'network' } })
    town = await openTown()
  })

  it('is "not done" where it was cancelled while it waited for its turn, and so it is', async () => {
    // As many as there are at once.
    const gate = town.mattermost.faults.hold(ME)
    const reads = Array.from({ length: 16 }, () => read())
    await until('sixteen are on their way', () => gate.count() === 16)
    const caller = new AbortController()
    const writing = write(caller.signal)
    caller.abort()
    gate.release()
    expect(await writing).toMatchObject({ kind: 'not-done', error: { code: 'cancelled' } })
    await Promise.all(reads)
    await read()
    expect(town.mattermost.requestsTo('POST', /posts$/)).toEqual([])
  })

  it('has everybody leave a server in peace that has asked for it, by whatever request', async () => {
    const fault: Fault = {
      kind: 'reply',
      status: 429,
      headers: [['Retry-After', '120']],
      body: 'limit exceeded\n',
    }
    town.mattermost.faults.push({ match: { method: 'POST', path: /posts$/ }, fault })
    expect(await write()).toMatchObject({ kind: 'not-done', error: { code: 'rate_limited' } })
    expect((await failure(read())).code).toBe('rate_limited')
    expect(attempts()).toBe(0)
  })

  it('leaves a server in peace that has asked for it', async () => {
    meets({ kind: 'reply', status: 429, headers: [['Retry-After', '120']], body: 'limit exceeded\n' })
    await failure(read())
    expect(await write()).toMatchObject({ kind: 'not-done', error: { code: 'rate_limited' } })
    expect(town.mattermost.requestsTo('POST', /posts$/)).toEqual([])
  })
})

describe('how much and how many', () => {
  it('ends a gzip bomb at its limit', async () => {
    meets({ kind: 'gzipBomb', bytes: 64 << 20 })
    const before = process.memoryUsage().rss
    expect(await failure(read())).toMatchObject({ code: 'bad_response' })
    expect(process.memoryUsage().rss - before).toBeLessThan(120 << 20)
    expect(attempts()).toBe(1)
  })

  it('ends a body without an end at its limit', async () => {
    meets({ kind: 'endlessBody' })
    expect((await failure(read())).message).toContain('too large')
  })

  it('reads nothing that has more in it than fits into memory', async () => {
    meets({ kind: 'reply', status: 200, body: `[${'{},'.repeat(1_500_000)}0]` })
    expect(await failure(read())).toMatchObject({ code: 'bad_response' })
    expect(attempts()).toBe(1)
  })

  it('asks for at most 16 things at once', async () => {
    const gate = town.mattermost.faults.hold(ME)
    const calls = Array.from({ length: 40 }, () => read())
    await gate.arrived
    while (gate.count() < 16) await new Promise(resolve => setImmediate(resolve))
    for (let turn = 0; turn < 50; turn++) await new Promise(resolve => setImmediate(resolve))
    expect(gate.count()).toBe(16)
    gate.release()
    await Promise.all(calls)
    expect(attempts()).toBe(40)
  })

  it('reads compressed answers', async () => {
    town.mattermost.settings.gzipFromBytes = 1
    await expect(read()).resolves.toMatchObject({ username: 'alice' })
    expect(town.mattermost.requests[0]?.headers['accept-encoding']).toBe('gzip')
  })

  it.each(['', 'Identity', ' gzip', 'X-GZIP'])('knows the encoding "%s"', async name => {
    const plain = !/gzip/i.test(name)
    const body = Buffer.from('{"username":"alice"}')
    meets({
      kind: 'reply',
      status: 200,
      headers: [['Content-Encoding', name]],
      body: plain ? body : gzipSync(body),
    })
    await expect(read()).resolves.toEqual({ username: 'alice' })
  })

  it.each<[string, Fault]>([
    ['early hints', { kind: 'informational', status: 103, count: 20 }],
    ['HTTP/1.0 without a length', { kind: 'http10' }],
    ['a connection that closes after its reply', { kind: 'closeAfterReply' }],
  ])('takes %s', async (_, fault) => {
    meets(fault)
    await expect(read()).resolves.toMatchObject({ username: 'alice' })
    await expect(read()).resolves.toMatchObject({ username: 'alice' })
  })

  it.each<[string, Fault]>([
    ['a megabyte of header', { kind: 'hugeHeader', bytes: 1 << 20 }],
    ['HTTP/0.9', { kind: 'http09' }],
    [
      'six encodings',
      { kind: 'encodings', names: ['gzip', 'gzip', 'gzip', 'gzip', 'gzip', 'gzip'], really: true },
    ],
  ])('refuses %s', async (_, fault) => {
    meets(fault)
    await failure(read())
  })
})
