import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type ExampleWorld, exampleWorld } from '../../support/mattermost/example-world.ts'
import { faultCases } from '../../support/mattermost/fault-cases.ts'
import { startMattermost, type TestMattermost } from '../../support/mattermost/server.ts'
import { capture } from './capture.ts'

let example: ExampleWorld
let mattermost: TestMattermost
const ANY = { path: /./ }
// Nothing ends these but the client.
const ENDLESS = /never answers|without an end|every 200 ms/
const UNALTERED_BYTES = /closes the connection after a whole reply/

beforeAll(async () => {
  example = exampleWorld()
  mattermost = await startMattermost({ world: example.world })
})
afterAll(() => mattermost.close())
afterEach(() => mattermost.faults.clear())

const posts = () => ({
  method: 'GET',
  path: `/api/v4/channels/${example.channels.dev.id}/posts`,
  token: example.world.token(example.people.alice),
})

const newPost = () => ({
  method: 'POST',
  path: '/api/v4/posts',
  token: example.world.token(example.people.alice),
  body: JSON.stringify({ channel_id: example.channels.dev.id, message: 'only once' }),
})

function comparable(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/^(Date|X-Request-Id): .*$/gim, '')
}

describe('each case of the robustness list', () => {
  const cases = faultCases().filter(known => known.rule.fault.kind !== 'failAfterSave')

  for (const known of cases.filter(each => !ENDLESS.test(each.name) || /pages/.test(each.name))) {
    it(`${known.case} ${known.name}: differs from the true reply`, async () => {
      const plain = await capture(mattermost.url, posts())
      mattermost.faults.push({ ...known.rule, match: ANY })
      const faulty = await capture(mattermost.url, posts())
      const same = comparable(plain.bytes) === comparable(faulty.bytes) && plain.ended === faulty.ended
      expect(same).toBe(UNALTERED_BYTES.test(known.name))
    })
  }

  for (const known of cases.filter(each => each.rule.at === 'afterHandler')) {
    it(`${known.case} ${known.name}: the post is saved`, async () => {
      const before = example.world.posts.size
      mattermost.faults.push({ ...known.rule, match: ANY })
      const gate = mattermost.faults.hold(ANY, 'afterHandler')
      const reply = capture(mattermost.url, newPost(), {
        until: bytes => ENDLESS.test(known.name) && bytes.length > 0,
      })
      await gate.arrived
      expect(example.world.posts.size).toBe(before + 1)
      gate.release()
      if (!/never answers/.test(known.name)) await reply
    })
  }

  for (const known of cases.filter(each => each.rule.at === 'beforeHandler')) {
    it(`${known.case} ${known.name}: nothing is saved`, async () => {
      const before = example.world.posts.size
      const from = mattermost.requests.length
      mattermost.faults.push({ ...known.rule, match: ANY })
      const reply = capture(mattermost.url, newPost(), {
        until: bytes => ENDLESS.test(known.name) && bytes.length > 0,
      })
      if (!/never answers/.test(known.name)) await reply
      else await expect.poll(() => mattermost.requests.length).toBeGreaterThan(from)
      expect(example.world.posts.size).toBe(before)
    })
  }
})

describe('what the faults put on the wire', () => {
  const bodyOf = (bytes: Buffer): Buffer => bytes.subarray(bytes.indexOf('\r\n\r\n') + 4)

  it('saved, then 500: the key is forgotten, so a blind retry posts twice', async () => {
    const message = 'hole 6b'
    const body = JSON.stringify({ channel_id: example.channels.dev.id, message, pending_post_id: 'hole-6b' })
    mattermost.faults.push({ match: ANY, fault: { kind: 'failAfterSave' } })
    const first = await capture(mattermost.url, { ...newPost(), body })
    const second = await capture(mattermost.url, { ...newPost(), body })
    expect(first.bytes.toString()).toContain('HTTP/1.1 500 ')
    expect(second.bytes.toString()).toContain('HTTP/1.1 201 ')
    const saved = example.world.posts
      .inChannel(example.channels.dev.id)
      .filter(post => post.message === message)
    expect(saved).toHaveLength(2)
  })

  it('a bomb is small on the wire and large when unpacked', async () => {
    mattermost.faults.push({ match: ANY, fault: { kind: 'gzipBomb', bytes: 32 << 20 } })
    const { bytes } = await capture(mattermost.url, posts())
    const unpacked = gunzipSync(bodyOf(bytes))
    expect(bytes.length).toBeLessThan(100_000)
    expect(unpacked.length).toBeGreaterThanOrEqual(32 << 20)
    expect(JSON.parse(unpacked.toString())).toEqual([])
  })

  it('truncated and corrupt gzip do not unpack', async () => {
    for (const how of ['truncated', 'corrupt'] as const) {
      mattermost.faults.push({ match: ANY, fault: { kind: 'gzip', how } })
      const reply = await fetch(mattermost.url + posts().path, {
        headers: { authorization: `Bearer ${posts().token}` },
      })
      expect(reply.headers.get('content-encoding')).toBe('gzip')
      await expect(reply.json()).rejects.toThrow()
    }
  })

  it('stacked encodings unpack one by one', async () => {
    mattermost.faults.push({
      match: ANY,
      fault: { kind: 'encodings', names: ['gzip', 'deflate', 'br'], really: true },
    })
    const reply = await fetch(mattermost.url + posts().path, {
      headers: { authorization: `Bearer ${posts().token}` },
    })
    expect(reply.headers.get('content-encoding')).toBe('gzip, deflate, br')
    expect(await reply.json()).toHaveProperty('order')
  })

  it('a storm of 103 comes before the reply', async () => {
    mattermost.faults.push({ match: ANY, fault: { kind: 'informational', status: 103, count: 7 } })
    const { bytes } = await capture(mattermost.url, posts())
    expect(bytes.toString().match(/HTTP\/1\.1 103 Early Hints\r\n\r\n/g)).toHaveLength(7)
    expect(bytes.toString()).toContain('HTTP/1.1 200 OK')
  })

  it('a short body ends before its length', async () => {
    mattermost.faults.push({ match: ANY, fault: { kind: 'shortBody', missing: 10 } })
    const { bytes } = await capture(mattermost.url, posts())
    const length = Number(/Content-Length: (\d+)/.exec(bytes.toString())?.[1])
    expect(bodyOf(bytes)).toHaveLength(length - 10)
  })

  it('never answering leaves the connection open and silent', async () => {
    mattermost.faults.push({ match: { path: /posts$/ }, fault: { kind: 'neverAnswer' } })
    let settled = false
    const silent = capture(mattermost.url, posts()).finally(() => {
      settled = true
    })
    await capture(mattermost.url, { ...posts(), path: '/api/v4/users/me' })
    expect(settled).toBe(false)
    await mattermost.restart()
    expect((await silent).bytes).toHaveLength(0)
  })

  it('a date may be missing', async () => {
    const known = faultCases().find(each => each.name === 'no clock')
    if (known !== undefined) mattermost.faults.push({ ...known.rule, match: ANY })
    const { bytes } = await capture(mattermost.url, posts())
    expect(bytes.toString()).not.toMatch(/^Date:/m)
  })
})

describe('rules and gates', () => {
  it('a rule meets as many requests as it says, and only those that match', async () => {
    mattermost.faults.push({
      match: { method: 'GET', path: /posts$/ },
      times: 2,
      fault: { kind: 'reply', status: 502 },
    })
    const statuses: string[] = []
    for (const path of ['/api/v4/users/me', posts().path, posts().path, posts().path]) {
      statuses.push((await capture(mattermost.url, { ...posts(), path })).bytes.toString().slice(9, 12))
    }
    expect(statuses).toEqual(['200', '502', '502', '200'])
  })

  it('rules are met in the order in which they were pushed', async () => {
    mattermost.faults.push(
      { match: ANY, fault: { kind: 'reply', status: 503 } },
      { match: request => request.method === 'GET', fault: { kind: 'reply', status: 504 } },
    )
    const first = await capture(mattermost.url, posts())
    const second = await capture(mattermost.url, posts())
    expect([first, second].map(reply => reply.bytes.toString().slice(9, 12))).toEqual(['503', '504'])
  })

  it('a gate holds a request until it is released', async () => {
    const gate = mattermost.faults.hold({ path: /users\/me$/ })
    const reply = capture(mattermost.url, { ...posts(), path: '/api/v4/users/me' })
    const held = await gate.arrived
    expect([held.path, held.status, gate.count()]).toEqual(['/api/v4/users/me', 0, 1])
    gate.release()
    expect((await reply).bytes.toString()).toContain('HTTP/1.1 200 OK')
    expect(held.status).toBe(200)
  })

  it('a client that cuts the connection does not stop its post', async () => {
    const before = example.world.posts.size
    const stop = new AbortController()
    const gate = mattermost.faults.hold({ path: /posts$/ }, 'beforeSave')
    const cut = fetch(`${mattermost.url}/api/v4/posts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${newPost().token}` },
      body: newPost().body,
      signal: stop.signal,
    })
    await gate.arrived
    stop.abort()
    await expect(cut).rejects.toThrow()
    const done = mattermost.faults.hold({ path: /posts$/ }, 'afterHandler')
    gate.release()
    await done.arrived
    done.release()
    expect(example.world.posts.size).toBe(before + 1)
  })
})
