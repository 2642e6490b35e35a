import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MattermostClient } from '../../../../../electron/integrations/mattermost/http/client.ts'
import { errorFault } from '../../../../support/mattermost/faults/case.ts'
import type { Fault, FaultRule } from '../../../../support/mattermost/faults.ts'
import { postFault, readFault } from '../../../../support/posting/post-faults.ts'
import {
  CHANNEL_POSTS,
  openPostingWorld,
  type PostingWorld,
} from '../../../../support/posting/posting-world.ts'
import type { PostFault } from '../../../../support/posting/schedule.ts'
import { breathe } from '../../../../support/posting/virtual-clock.ts'

let town: PostingWorld
beforeEach(async () => {
  town = await openPostingWorld()
})
afterEach(() => town.close())

/** Real milliseconds; only what never answers costs them. */
const deadlines = { read: 2_000, write: 150, look: 2_000 }
const post = (key = 'k', message = 'hello') =>
  town.gateway({ deadlines }).call({ channel_id: town.dev.id, message, idempotency_key: key })
const push = (...faults: PostFault[]) =>
  town.mattermost.faults.push(...faults.map(fault => postFault(town, fault)))
const reads = () => town.mattermost.requestsTo('GET', CHANNEL_POSTS.path)
const lines = () => town.gateway().service.journal.list()

describe('an answer that is the post', () => {
  it('is told as posted, and the journal names it', async () => {
    const answer = await post()
    const [row] = town.rows('hello')
    expect(answer).toMatchObject({ kind: 'posted', id: row?.id, deduplicated: false })
    expect(lines()).toMatchObject([{ state: { kind: 'posted', post: row?.id } }])
    expect(reads()).toEqual([])
  })

  it('leaves the person looking as they did: set_online=false', async () => {
    await post()
    expect(town.sent().map(({ request }) => request.query)).toEqual(['set_online=false'])
    expect(town.alice.online).toBe(false)
  })

  it('has a pending id that nobody can guess and a mark in the props that says nothing about the key', async () => {
    await post('first secret')
    await post('second secret', 'other')
    const [first, second] = town.sent().map(({ body }) => body)
    const uuid = /^[a-z0-9]{26}:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    expect(first?.pending_post_id).toMatch(uuid)
    expect(first?.pending_post_id).not.toBe(second?.pending_post_id)
    expect(first?.props).toEqual({ kosmokrator_mark: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(JSON.stringify(town.sent())).not.toContain('secret')
  })

  it('counts where a plugin took the mark off, because it repeats the pending id', async () => {
    const change = (body: unknown) => ({ ...(body as object), props: {} })
    town.faultPost({ kind: 'changeJson', change })
    expect(await post()).toMatchObject({ kind: 'posted', id: town.rows('hello')[0]?.id })
  })

  it('says so where a plugin changed the text', async () => {
    town.mattermost.settings.plugin = () => ({ kind: 'change', message: 'HELLO' })
    expect(await post()).toMatchObject({ kind: 'posted', text: expect.stringContaining('changed the text') })
  })
})

describe('what was never sent, or what Mattermost itself refuses, was not posted', () => {
  const own: [name: string, fault: Fault, code: string][] = [
    ['429 limit exceeded', { kind: 'reply', status: 429, body: 'limit exceeded\n' }, 'rate_limited'],
    ['400', errorFault(400, 'model.post.is_valid.msg.app_error'), 'refused'],
    ['401', errorFault(401, 'api.context.session_expired.app_error'), 'unauthorized'],
    ['403', errorFault(403, 'api.context.permissions.app_error'), 'forbidden'],
    ['404', errorFault(404, 'store.any.app_error'), 'not_found'],
    ['413', errorFault(413, 'api.context.request_body_too_large.app_error'), 'refused'],
    ['414', errorFault(414, 'basic_security_check.url.too_long_error'), 'refused'],
    ['501', errorFault(501, 'api.any.disabled.app_error'), 'refused'],
  ]
  it.each(own)('%s: told at once, without looking and without sending again', async (_, fault, code) => {
    town.faultPost(fault)
    expect(await post()).toMatchObject({ kind: 'error', code })
    expect(town.sent()).toHaveLength(1)
    expect(reads()).toEqual([])
    expect(lines()).toMatchObject([{ state: { kind: 'not-posted' } }])
    expect(await post()).toMatchObject({ kind: 'posted', deduplicated: false })
    expect(town.rows('hello')).toHaveLength(1)
  })

  it('a connection that is refused: nothing was written', async () => {
    const gateway = town.gateway()
    const { client } = gateway.service
    const write = client.write.bind(client)
    vi.spyOn(client, 'write').mockImplementation(async (...args: Parameters<MattermostClient['write']>) => {
      await town.mattermost.close()
      // Until the connections are seen to be closed: a post on one of those could have arrived.
      await breathe()
      return write(...args)
    })
    const answer = await gateway.call({ channel_id: town.dev.id, message: 'hello' })
    expect(answer).toMatchObject({ kind: 'error', code: 'network' })
    expect(lines()).toMatchObject([{ state: { kind: 'not-posted' } }])
  })
})

describe('an answer that is lost or is not the post', () => {
  const saved: PostFault[] = [
    'resetAfter',
    'cutAfter',
    'shortAfter',
    'emptyAfter',
    'page502After',
    'failAfterSave',
    'limitedByProxy',
    'neverAfter',
    'otherPostAfter',
  ]
  it.each(saved)('%s: the post is found by reading, and not sent again', async fault => {
    push(fault)
    const answer = await post()
    expect(answer).toMatchObject({ kind: 'posted', id: town.rows('hello')[0]?.id })
    expect(town.rows('hello')).toHaveLength(1)
    expect(town.sent()).toHaveLength(1)
    expect(lines()).toMatchObject([{ state: { kind: 'posted' } }])
  })

  const lost: [name: string, rule: Omit<FaultRule, 'match'>][] = [
    ['a reset', { fault: { kind: 'resetBeforeHeaders' } }],
    ['a connection that ends without a byte', { fault: { kind: 'halfClose' } }],
    ['a redirect', { fault: { kind: 'reply', status: 302, headers: [['Location', '/login']] } }],
    ['408', { fault: { kind: 'reply', status: 408, body: 'Request Timeout' } }],
    ['404 of a proxy', { fault: { kind: 'reply', status: 404, body: '<html>not here</html>' } }],
    ['200 with a web page', { fault: { kind: 'reply', status: 200, body: '<html>Sign in</html>' } }],
    ['200 with an error in it', { fault: { ...errorFault(403, 'x.app_error'), status: 200 } as Fault }],
    ['500', { fault: errorFault(500, 'app.post.save.app_error') }],
    ['500 pending', { fault: errorFault(500, 'api.post.deduplicate_create_post.pending') }],
    ['503 busy', { fault: errorFault(503, 'api.context.server_busy.app_error') }],
    ['504 of a proxy', { fault: { kind: 'reply', status: 504, body: '<html>Gateway Timeout</html>' } }],
  ]
  it.each(lost)('%s, and the post is not there: sent once more with the same pending id', async (_, rule) => {
    town.mattermost.faults.push({ match: { method: 'POST', path: /\/posts$/ }, ...rule })
    expect(await post()).toMatchObject({ kind: 'posted', deduplicated: false })
    const sent = town.sent()
    expect(sent).toHaveLength(2)
    expect(sent[0]?.request.body).toBe(sent[1]?.request.body)
    expect(town.rows('hello')).toHaveLength(1)
  })

  it('is looked for after 0.5, 2 and 5 seconds', async () => {
    push('resetBefore', 'resetBefore')
    const start = town.clock.now()
    await post()
    const seconds = reads().map(({ at }) => (at - start) / 1_000)
    expect(seconds).toEqual([0.5, 2, 5, 5.5, 7, 10])
  })

  it('is looked for with whole milliseconds: the server refuses others', async () => {
    push('resetAfter')
    await post()
    expect(reads().map(({ query, status }) => [new URLSearchParams(query).get('since'), status])).toEqual([
      [expect.stringMatching(/^\d+$/), 200],
    ])
  })

  it('is sent at most twice, and then said to be unknown', async () => {
    push('resetBefore', 'resetBefore')
    expect(await post()).toMatchObject({ kind: 'error', code: 'unknown_outcome' })
    expect(town.sent()).toHaveLength(2)
    expect(lines()).toMatchObject([{ state: { kind: 'unresolved', attempts: 2 } }])
  })

  it('says nothing about the first try where the second is refused', async () => {
    push('resetBefore', 'forbidden')
    expect(await post()).toMatchObject({ kind: 'error', code: 'unknown_outcome' })
  })

  it('is not sent again where the server may still be at work on it', async () => {
    push('neverBefore')
    const gateway = town.gateway({ deadlines })
    // However little time has passed.
    const start = town.clock.now()
    Object.assign(gateway.service.clock, { now: () => start, monotonic: () => start })
    const answer = await gateway.call({ channel_id: town.dev.id, message: 'hello' })
    expect(answer).toMatchObject({ kind: 'error', code: 'unknown_outcome' })
    expect(town.sent()).toHaveLength(1)
  })

  it('is not sent again after 20 seconds, by either clock', async () => {
    for (const clock of ['now', 'monotonic'] as const) {
      const gateway = town.gateway()
      push('resetBefore')
      const real = town.clock[clock]
      const start = real()
      gateway.service.clock[clock] = () => (real() - start >= 5_000 ? real() + 15_000 : real())
      const answer = await gateway.call({ channel_id: town.dev.id, message: `by ${clock}` })
      expect(answer).toMatchObject({ kind: 'error', code: 'unknown_outcome' })
    }
    expect(town.sent()).toHaveLength(2)
  })

  const blind = ['down', 'never', 'page', 'missing', 'forbidden'] as const
  it.each(blind)('is not sent again where the channel cannot be read whole: %s', async fault => {
    push('resetBefore')
    town.mattermost.faults.push(...['none', 'none', fault].map(one => readFault(town, one as typeof fault)))
    const gateway = town.gateway({ deadlines: { read: 200, write: 2_000, look: 2_000 } })
    const answer = await gateway.call({ channel_id: town.dev.id, message: 'hello' })
    expect(answer).toMatchObject({ kind: 'error', code: 'unknown_outcome' })
    expect(town.sent()).toHaveLength(1)
  })

  it('is not sent again where more has happened than one answer holds', async () => {
    for (let nth = 0; nth < 1_000; nth++) town.world.addPost(town.dev, town.bob, `noise ${nth}`)
    push('resetBefore')
    expect(await post()).toMatchObject({ kind: 'error', code: 'unknown_outcome' })
    expect(town.sent()).toHaveLength(1)
  })

  it('is not sent again where the server never told its time', async () => {
    const change = (reply: { headers: [string, string][]; status: number; body: Buffer }) => ({
      ...reply,
      headers: [...reply.headers, ['Date', ''] as [string, string]],
    })
    const match = { path: /./ }
    town.mattermost.faults.push(postFault(town, 'resetBefore'), {
      match,
      times: 99,
      fault: { kind: 'change', change },
    })
    expect(await post()).toMatchObject({ kind: 'error', code: 'unknown_outcome' })
    expect(town.sent()).toHaveLength(1)
  })

  it.each([-600_000, 600_000, 86_400_000])('is found where the Date header is %i ms ahead', async skew => {
    town.mattermost.settings.dateSkewMs = skew
    push('resetAfter')
    expect(await post()).toMatchObject({ kind: 'posted' })
    expect(town.sent()).toHaveLength(1)
  })

  it('is given up where the server hangs and hangs, long before a read would be', async () => {
    push('neverAfter')
    const hang = { match: CHANNEL_POSTS, times: 3, fault: { kind: 'neverAnswer' } } as const
    town.mattermost.faults.push(hang)
    const patient = { read: 600_000, write: 50, look: 20 }
    const answer = await town
      .gateway({ deadlines: patient })
      .call({ channel_id: town.dev.id, message: 'hello' })
    expect(answer).toMatchObject({ kind: 'error', code: 'unknown_outcome' })
    expect(reads()).toHaveLength(3)
    expect(town.sent()).toHaveLength(1)
  })

  it('is found where a replica is three seconds behind', async () => {
    push('failAfterSave')
    town.mattermost.faults.push(readFault(town, 'lagging'), readFault(town, 'lagging'))
    expect(await post()).toMatchObject({ kind: 'posted' })
    expect(town.sent()).toHaveLength(1)
  })

  it('is found where the server was slow and the second try met the first', async () => {
    push('cutEarly')
    const gate = town.mattermost.faults.hold({ method: 'POST', path: /\/posts$/ }, 'beforeSave')
    town.clock.after(7_000, gate.release)
    expect(await post()).toMatchObject({ kind: 'posted' })
    expect(town.sent()).toHaveLength(2)
    expect(town.rows('hello')).toHaveLength(1)
  })
})
