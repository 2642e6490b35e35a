import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { errorFault } from '../../../../support/mattermost/faults/case.ts'
import type { Gateway } from '../../../../support/posting/gateway.ts'
import { postFault } from '../../../../support/posting/post-faults.ts'
import { openPostingWorld, POST_ROUTE, type PostingWorld } from '../../../../support/posting/posting-world.ts'
import type { PostFault } from '../../../../support/posting/schedule.ts'

let town: PostingWorld
let gateway: Gateway
beforeEach(async () => {
  town = await openPostingWorld()
  gateway = town.gateway()
})
afterEach(() => town.close())

const MINUTE = 60_000
const push = (...faults: PostFault[]) =>
  town.mattermost.faults.push(...faults.map(fault => postFault(town, fault)))
const dev = (message: string, idempotency_key?: string) => ({
  channel_id: town.dev.id,
  message,
  ...(idempotency_key !== undefined && { idempotency_key }),
})
/** Posts, and the client leaves while the post is on its way. */
async function unheard(message: string): Promise<void> {
  const gate = town.mattermost.faults.hold(POST_ROUTE, 'beforeSave')
  const leave = new AbortController()
  const call = gateway.call(dev(message), { signal: leave.signal })
  await gate.arrived
  leave.abort()
  gate.release()
  await call
}

const unknown = { kind: 'error', code: 'unknown_outcome' }
const posted = { kind: 'posted', deduplicated: false }
const duplicate = { kind: 'posted', deduplicated: true }

describe('the same text to the same place', () => {
  it('within two minutes is the same post, and how to post it again is said', async () => {
    const first = await gateway.call(dev('hello'))
    await town.clock.advance(2 * MINUTE)
    const second = await gateway.call(dev('hello'))
    expect(second).toMatchObject({ ...duplicate, id: first.kind === 'posted' && first.id })
    expect(second.text).toMatch(/^Already posted .*\n[\s\S]*new idempotency_key/)
    expect(town.rows('hello')).toHaveLength(1)
  })

  it('after two minutes is a new post', async () => {
    await gateway.call(dev('hello'))
    await town.clock.advance(2 * MINUTE + 1)
    expect(await gateway.call(dev('hello'))).toMatchObject(posted)
    expect(town.rows('hello')).toHaveLength(2)
  })

  it('from another process is a new post', async () => {
    await gateway.call(dev('hello'))
    expect(await town.gateway().call(dev('hello'))).toMatchObject(posted)
  })

  it('whose caller was gone before it was told is the same post in the next process, told once', async () => {
    await unheard('hello')
    const next = town.gateway()
    expect(await next.call(dev('hello'))).toMatchObject(duplicate)
    expect(await next.call(dev('hello'))).toMatchObject(duplicate)
    expect(town.rows('hello')).toHaveLength(1)
    // How to post it once more was said.
    expect(await next.call(dev('hello', 'once more'))).toMatchObject(posted)
  })

  it('whose caller was gone is a new post after two minutes, and elsewhere', async () => {
    await unheard('hello')
    const other = { ...dev('hello'), channel_id: town.ops.id }
    expect(await town.gateway().call(other)).toMatchObject(posted)
    await town.clock.advance(2 * MINUTE + 1)
    expect(await town.gateway().call(dev('hello'))).toMatchObject(posted)
  })

  it('in another channel or thread is a new post', async () => {
    await gateway.call(dev('hello'))
    expect(await gateway.call({ ...dev('hello'), channel_id: town.ops.id })).toMatchObject(posted)
    expect(await gateway.call({ ...dev('hello'), root_id: town.root.id })).toMatchObject(posted)
  })

  it('to a person is the same post though the first has made the direct channel', async () => {
    town.world.joinTeam([...town.world.teams.values()][0] as never, town.bob)
    const args = { channel_id: '@bob', message: 'hello' }
    expect(await gateway.call(args)).toMatchObject(posted)
    expect(await gateway.call(args)).toMatchObject(duplicate)
    expect(await gateway.call(args, { callId: 'one' })).toMatchObject(posted)
    expect(await gateway.call(args, { callId: 'one' })).toMatchObject(duplicate)
    expect(town.rows('hello')).toHaveLength(2)
  })

  it("with the client's call id is one post, and with another id another", async () => {
    expect(await gateway.call(dev('hello'), { callId: 'one' })).toMatchObject(posted)
    expect(await gateway.call(dev('hello'), { callId: 'one' })).toMatchObject(duplicate)
    expect(await gateway.call(dev('hello'), { callId: 'two' })).toMatchObject(posted)
    await town.clock.advance(60 * MINUTE)
    expect(await town.gateway().call(dev('hello'), { callId: 'one' })).toMatchObject(duplicate)
  })

  it('is not one post under one call id with different arguments', async () => {
    expect(await gateway.call(dev('hello'), { callId: 'one' })).toMatchObject(posted)
    expect(await gateway.call(dev('world'), { callId: 'one' })).toMatchObject(posted)
  })
})

describe('an idempotency_key', () => {
  it('posts once, however often and in whichever process', async () => {
    const first = await gateway.call(dev('hello', 'k'))
    await town.clock.advance(60 * MINUTE)
    for (const again of [gateway, town.gateway()]) {
      const answer = await again.call(dev('hello', 'k'))
      expect(answer).toMatchObject({ ...duplicate, id: first.kind === 'posted' && first.id })
    }
    expect(town.rows('hello')).toHaveLength(1)
    expect(town.sent()).toHaveLength(1)
  })

  it('called many times at once posts once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => gateway.call(dev('hello', 'k'))))
    expect(answers.filter(answer => answer.kind === 'posted' && !answer.deduplicated)).toHaveLength(1)
    expect(new Set(answers.map(answer => answer.kind === 'posted' && answer.id)).size).toBe(1)
    expect(town.sent()).toHaveLength(1)
  })

  it.each([
    ['another text', () => dev('world', 'k')],
    ['another channel', () => ({ ...dev('hello', 'k'), channel_id: town.ops.id })],
    ['another thread', () => ({ ...dev('hello', 'k'), root_id: town.root.id })],
  ])('that was used is refused for %s, at once and later', async (_, other) => {
    const refused = { kind: 'error', code: 'invalid_input', text: expect.stringContaining('idempotency_key') }
    const [first, second] = await Promise.all([gateway.call(dev('hello', 'k')), gateway.call(other())])
    expect([first, second]).toMatchObject([posted, refused])
    expect(await town.gateway().call(other())).toMatchObject(refused)
    expect(town.sent()).toHaveLength(1)
  })

  it('of a post that was deleted since does not post it again, and says so', async () => {
    await gateway.call(dev('hello', 'k'))
    for (const row of town.rows('hello')) town.world.posts.delete(row, town.bob)
    const answer = await gateway.call(dev('hello', 'k'))
    expect(answer).toMatchObject({
      kind: 'error',
      code: 'refused',
      text: expect.stringContaining('deleted since'),
    })
    expect(town.sent()).toHaveLength(1)
  })

  it('of a lost answer says so too where the post was deleted', async () => {
    push('resetAfter')
    town.mattermost.faults.push({
      match: { method: 'GET', path: /\/posts$/ },
      times: 9,
      fault: errorFault(500, 'x'),
    })
    expect(await gateway.call(dev('hello', 'k'))).toMatchObject(unknown)
    for (const row of town.rows('hello')) town.world.posts.delete(row, town.bob)
    const answer = await gateway.call(dev('hello', 'k'))
    expect(answer).toMatchObject({ kind: 'error', text: expect.stringContaining('deleted since') })
  })

  it('posts a second time only after the first was refused', async () => {
    push('forbidden')
    expect(await gateway.call(dev('hello', 'k'))).toMatchObject({ code: 'forbidden' })
    expect(await gateway.call(dev('hello', 'k'))).toMatchObject(posted)
    expect(await gateway.call(dev('hello', 'k'))).toMatchObject(duplicate)
  })
})

describe('after an outcome that is unknown', () => {
  beforeEach(async () => {
    push('resetBefore', 'resetBefore')
    expect(await gateway.call(dev('hello', 'k'))).toMatchObject(unknown)
    expect(town.sent()).toHaveLength(2)
  })

  it('the same key looks and does not send for two minutes', async () => {
    await town.clock.advance(MINUTE)
    for (const again of [gateway, town.gateway()]) {
      expect(await again.call(dev('hello', 'k'))).toMatchObject(unknown)
    }
    expect(town.sent()).toHaveLength(2)
  })

  it('the same key posts after two minutes, when it is not there', async () => {
    await town.clock.advance(3 * MINUTE)
    expect(await town.gateway().call(dev('hello', 'k'))).toMatchObject(posted)
    expect(town.rows('hello')).toHaveLength(1)
  })

  it('two minutes of one clock alone do not count', async () => {
    town.mattermost.settings.dateSkewMs = 3 * MINUTE
    expect(await gateway.call(dev('hello', 'k'))).toMatchObject(unknown)
    town.mattermost.settings.dateSkewMs = -3 * MINUTE
    await town.clock.advance(3 * MINUTE)
    expect(await gateway.call(dev('hello', 'k'))).toMatchObject(unknown)
    expect(town.sent()).toHaveLength(2)
  })

  it('another key with the same text looks in the channel first', async () => {
    expect(await gateway.call(dev('hello', 'other'))).toMatchObject(unknown)
    expect(await gateway.call(dev('something else', 'third'))).toMatchObject(posted)
    const late = town.world.addPost(town.dev, town.alice, 'hello', {
      props: town.sent()[0]?.body.props ?? {},
    })
    expect(await gateway.call(dev('hello', 'other'))).toMatchObject({ ...duplicate, id: late.id })
    expect(town.rows('hello')).toHaveLength(1)
  })

  it('what another key was told stays true when it is called again', async () => {
    town.world.addPost(town.dev, town.alice, 'hello', { props: town.sent()[0]?.body.props ?? {} })
    await gateway.call(dev('hello', 'other'))
    expect(await gateway.call(dev('hello', 'other'))).toMatchObject(duplicate)
    expect(await town.gateway().call(dev('hello', 'other'))).toMatchObject(duplicate)
    expect(town.rows('hello')).toHaveLength(1)
  })
})
