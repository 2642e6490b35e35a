import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fault, FaultRule } from '../../../../support/mattermost/faults.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { errorOf, textOf } from '../../../../support/tools/outputs.ts'

let town: Town
beforeEach(async () => {
  town = await openTown()
})
afterEach(() => town.close())

const POSTS = { method: 'POST', path: /\/posts$/ }
const ask = (options = {}) =>
  town.tools.call('create_post', { channel_id: town.channels.dev.id, message: 'precious' }, options)
const attempts = () => town.mattermost.requestsTo('POST', /\/posts$/).length
const posted = () =>
  town.world.posts.inChannel(town.channels.dev.id).filter(({ message }) => message === 'precious').length
const meets = (fault: Fault, at?: FaultRule['at']) =>
  town.mattermost.faults.push({ match: POSTS, times: 9, fault, ...(at && { at }) })

describe('create_post, when the reply is lost', () => {
  const html = { kind: 'reply', status: 502, body: '<html><title>Bad gateway</title></html>' } as const
  it.each<[string, Fault, FaultRule['at']]>([
    ['a reset', { kind: 'resetBeforeHeaders' }, 'afterHandler'],
    ['a polite end', { kind: 'halfClose' }, 'afterHandler'],
    ['a reset in the middle', { kind: 'resetMidBody' }, undefined],
    ['a short body', { kind: 'shortBody', missing: 5 }, undefined],
    ['a cut gzip stream', { kind: 'gzip', how: 'truncated' }, undefined],
    ['a damaged gzip stream', { kind: 'gzip', how: 'corrupt' }, undefined],
    ['an empty 201', { kind: 'reply', status: 201, body: '' }, 'afterHandler'],
    ['half a post', { kind: 'reply', status: 201, body: '{"id":"x' }, 'afterHandler'],
    ['a 201 that is no post', { kind: 'reply', status: 201, body: '{"status":"OK"}' }, 'afterHandler'],
    ["a proxy's 502 page", html, 'afterHandler'],
    ["a proxy's 403 page", { ...html, status: 403 }, 'afterHandler'],
    ["a proxy's 429 page", { ...html, status: 429 }, 'afterHandler'],
    ['a redirect', { kind: 'reply', status: 302, headers: [['Location', '/login']] }, 'afterHandler'],
    ['a failure after saving', { kind: 'failAfterSave' }, undefined],
  ])('by %s, finds the post by reading and sends nothing twice', async (_, fault, at) => {
    meets(fault, at)
    expect(textOf(await ask())).toMatch(/^Posted /)
    expect(attempts()).toBe(1)
    expect(posted()).toBe(1)
  })

  it('and the channel cannot be read, says that it may have been posted and sends nothing twice', async () => {
    meets(html, 'afterHandler')
    town.mattermost.faults.push({
      match: { method: 'GET', path: /\/channels\/[^/]+\/posts$/ },
      times: 99,
      fault: { kind: 'resetBeforeHeaders' },
    })
    expect(errorOf(await ask())).toMatch(/may have been posted.*\[unknown_outcome/)
    expect(attempts()).toBe(1)
    expect(posted()).toBe(1)
  })

  it('is at its end whatever the client does: a post that has left cannot be taken back', async () => {
    const gate = town.mattermost.faults.hold(POSTS, 'afterHandler')
    const controller = new AbortController()
    const call = ask({ signal: controller.signal })
    await gate.arrived
    controller.abort()
    gate.release()
    await call
    expect(attempts()).toBe(1)
    expect(posted()).toBe(1)
  })

  it('posts nothing for a client that has gone before it was sent', async () => {
    const gate = town.mattermost.faults.hold({ method: 'GET', path: /\/channels\/[^/]+$/ })
    const controller = new AbortController()
    const call = ask({ signal: controller.signal })
    await gate.arrived
    controller.abort()
    expect(errorOf(await call)).toContain('[cancelled')
    gate.release()
    expect(attempts()).toBe(0)
  })
})

describe('create_post, when the server said no', () => {
  it('says of too many requests that nothing was posted', async () => {
    meets({ kind: 'reply', status: 429, headers: [['Retry-After', '7']], body: 'limit exceeded\n' })
    const error = errorOf(await ask())
    expect(error).toContain('[rate_limited, HTTP 429')
    expect(error).toContain('wait 7 seconds')
    expect(error).not.toContain('may have been posted')
    expect({ attempts: attempts(), posted: posted() }).toEqual({ attempts: 1, posted: 0 })
  })

  it.each([400, 401, 403, 404, 413, 501])('takes its own %i for "not posted"', async status => {
    const body = JSON.stringify({ id: 'some.error', message: 'x', detailed_error: '', status_code: status })
    meets({ kind: 'reply', status, body })
    expect(errorOf(await ask())).not.toContain('unknown_outcome')
    expect(attempts()).toBe(1)
  })

  it('knows its own error without the status inside too, which may be left out', async () => {
    const body =
      '{"id":"api.post.create_post.can_not_post_to_deleted.error","message":"Nope","detailed_error":""}'
    meets({ kind: 'reply', status: 400, body })
    const error = errorOf(await ask())
    expect(error).toContain('[refused, HTTP 400')
    expect(error).not.toContain('Nope')
  })

  it('says of a server that is not there that nothing was posted', async () => {
    const { url } = town.mattermost
    const gate = town.mattermost.faults.hold({ method: 'GET', path: /\/channels\/[^/]+$/ }, 'afterHandler')
    const call = ask()
    await gate.arrived
    // Everything is looked up; now the server goes away.
    town.mattermost.faults.push({ match: { path: /\/channels\/[^/]+$/ }, fault: { kind: 'closeAfterReply' } })
    gate.release()
    await town.mattermost.close()
    const error = errorOf(await call)
    expect(url).toContain('127.0.0.1')
    expect(error).not.toContain('may have been posted')
    town = await openTown()
  })

  it('does not believe an answer for another channel, and finds the post by reading', async () => {
    meets({
      kind: 'changeJson',
      change: body => ({ ...(body as object), channel_id: town.channels.vault.id }),
    })
    expect(textOf(await ask())).toMatch(/^Posted .* in eng\/dev /)
    expect(attempts()).toBe(1)
    expect(posted()).toBe(1)
  })
})
