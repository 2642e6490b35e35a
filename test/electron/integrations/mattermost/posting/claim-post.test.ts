import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Gateway } from '../../../../support/posting/gateway.ts'
import { openPostingWorld, type PostingWorld } from '../../../../support/posting/posting-world.ts'

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
const unknown = { kind: 'error', code: 'unknown_outcome' }
const posted = { kind: 'posted', deduplicated: false }
const duplicate = { kind: 'posted', deduplicated: true }

describe('several processes with one key', () => {
  const deadPid = spawnSync(process.execPath, ['-e', '']).pid
  const intend = (pid: number, key: string, claim: string) => {
    const draft = { authorId: town.alice.id, place: town.dev.id, rootId: undefined, message: 'hello' }
    const { client, intents, journal } = gateway.service
    const source = { argument: key, clientCall: undefined }
    const { key: fileKey, mark, hash } = intents.of(client.server.base, draft, source)
    journal.open(fileKey).write({
      step: 'intended',
      at: new Date(town.clock.now()).toISOString(),
      mark,
      server: client.server.base,
      author: town.alice.id,
      channel: town.dev.id,
      hash,
      characters: 5,
      client: 'other',
      pid,
      claim,
    })
  }

  it('where another that lives was first, nothing is sent', async () => {
    intend(process.ppid, 'k', 'theirs')
    expect(await gateway.call(dev('hello', 'k'))).toMatchObject(unknown)
    expect(town.sent()).toEqual([])
  })

  it('where all before have ended, it is sent', async () => {
    intend(deadPid, 'k', 'one')
    intend(deadPid, 'k', 'two')
    expect(await gateway.call(dev('hello', 'k'))).toMatchObject(posted)
    expect(await gateway.call(dev('hello', 'k'))).toMatchObject(duplicate)
  })

  it('who was not first withdraws, so that nobody waits for it', async () => {
    intend(process.ppid, 'k', 'theirs')
    await gateway.call(dev('hello', 'k'))
    const [{ file, state } = {}] = gateway.service.journal.list()
    expect(state).toMatchObject({ kind: 'intended', claims: [{ claim: 'theirs' }] })
    file?.write({ step: 'withdrawn', at: '', claim: 'theirs' })
    expect(await gateway.call(dev('hello', 'k'))).toMatchObject(posted)
  })
})
