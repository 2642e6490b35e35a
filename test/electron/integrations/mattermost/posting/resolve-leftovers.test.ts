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
const duplicate = { kind: 'posted', deduplicated: true }

describe('leftovers of a process that was killed', () => {
  const killAfterPost = async () => {
    const gate = town.mattermost.faults.hold(POST_ROUTE, 'afterHandler')
    void gateway.call(dev('hello', 'k'))
    await gate.arrived
    gateway.kill()
    gate.release()
    await breathe()
  }

  it('are found by reading and never sent', async () => {
    await killAfterPost()
    const fresh = town.gateway()
    await fresh.resolveLeftovers()
    expect(fresh.service.journal.list()).toMatchObject([{ state: { kind: 'posted' } }])
    expect(town.sent()).toHaveLength(1)
    expect(await fresh.call(dev('hello', 'k'))).toMatchObject(duplicate)
  })

  it('are known to who calls with the same text and no key, though they were found before', async () => {
    await killAfterPost()
    const fresh = town.gateway()
    await fresh.resolveLeftovers()
    expect(await fresh.call(dev('hello'))).toMatchObject(duplicate)
    expect(town.sent()).toHaveLength(1)
  })

  it('of a process that lives, or of another account or server, are left alone', async () => {
    await killAfterPost()
    const [{ file, state } = {}] = gateway.service.journal.list()
    if (file === undefined || state === undefined) throw new Error('there is no leftover')
    for (const other of [{ pid: process.ppid }, { author: town.bob.id }, { server: 'https://other.test' }]) {
      file.write({ step: 'not-posted', at: '', why: 'for this test' })
      file.write({ ...state.intent, ...other })
      const now = town.clock.now()
      const at = new Date(now).toISOString()
      file.write({ step: 'sending', at, attempt: 1, pending: 'p', serverTime: now })
      await town.clock.advance(180_000)
      await town.gateway().resolveLeftovers()
      expect(file.state()?.kind, JSON.stringify(other)).toBe('unresolved')
    }
  })
})
