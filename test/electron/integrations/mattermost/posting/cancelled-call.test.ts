import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Gateway } from '../../../../support/posting/gateway.ts'
import { openPostingWorld, POST_ROUTE, type PostingWorld } from '../../../../support/posting/posting-world.ts'
import { breathe } from '../../../../support/posting/virtual-clock.ts'

let town: PostingWorld
let gateway: Gateway
beforeEach(async () => {
  town = await openPostingWorld()
  gateway = town.gateway()
})
afterEach(() => town.close())

const dev = (message: string, idempotency_key?: string) => ({
  channel_id: town.dev.id,
  message,
  ...(idempotency_key !== undefined && { idempotency_key }),
})
const posted = { kind: 'posted', deduplicated: false }
const duplicate = { kind: 'posted', deduplicated: true }

describe('a call that is cancelled', () => {
  it('before it is sent posts nothing', async () => {
    const gate = town.mattermost.faults.hold({ method: 'GET', path: /\/channels\/[^/]+$/ })
    const cancel = new AbortController()
    const call = gateway.call(dev('hello', 'k'), { signal: cancel.signal })
    await gate.arrived
    cancel.abort()
    expect(await call).toMatchObject({ kind: 'error', code: 'cancelled' })
    gate.release()
    expect(town.sent()).toEqual([])
    expect(await gateway.call(dev('hello', 'k'))).toMatchObject(posted)
  })

  it('while it waits behind another post posts nothing', async () => {
    const gate = town.mattermost.faults.hold(POST_ROUTE, 'beforeSave')
    const cancel = new AbortController()
    const first = gateway.call(dev('first'))
    await gate.arrived
    const second = gateway.call(dev('second'), { signal: cancel.signal })
    await breathe()
    cancel.abort()
    gate.release()
    expect(await first).toMatchObject(posted)
    expect(await second).toMatchObject({ kind: 'error', code: 'cancelled' })
    expect(town.rows('second')).toEqual([])
  })

  it('after it was sent is finished and journaled, and a later call knows', async () => {
    const gate = town.mattermost.faults.hold(POST_ROUTE, 'afterHandler')
    const cancel = new AbortController()
    const call = gateway.call(dev('hello', 'k'), { signal: cancel.signal })
    await gate.arrived
    cancel.abort()
    gate.release()
    await call
    expect(await town.gateway().call(dev('hello', 'k'))).toMatchObject(duplicate)
    expect(town.rows('hello')).toHaveLength(1)
  })

  it('does not take a second call with the same key along', async () => {
    const gate = town.mattermost.faults.hold({ method: 'GET', path: /\/channels\/[a-z0-9]{26}$/ })
    const cancel = new AbortController()
    const calls = [
      gateway.call(dev('hello', 'k'), { signal: cancel.signal }),
      gateway.call(dev('hello', 'k')),
    ]
    await gate.arrived
    cancel.abort()
    gate.release()
    expect((await calls[1])?.kind).toBe('posted')
    expect(town.rows('hello')).toHaveLength(1)
  })
})
