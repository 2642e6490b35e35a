import { describe, expect, it } from 'vitest'
import { startRaw, startReady, toolName } from '../../../support/mcp/raw-client.ts'
import { openSilentServer } from '../../../support/mcp/silent-server.ts'
import { openTown } from '../../../support/mcp/town.ts'

const current = { name: toolName('get_current_user'), arguments: {} }
const call = (id: unknown, params: object = current) => ({ jsonrpc: '2.0', id, method: 'tools/call', params })
const cancel = (params: unknown) => ({ jsonrpc: '2.0', method: 'notifications/cancelled', params })

describe('ids', () => {
  it.each([
    ['null', 'null'],
    ['a fraction', '1.5'],
    ['true', 'true'],
    ['an object', '{}'],
    ['an array', '[1]'],
    ['beyond 2^53', '9007199254740993'],
    ['beyond every number', '1e400'],
  ])('%s is refused under id null', async (_, id) => {
    const client = startRaw()
    const answer = await client.answerTo(`{"jsonrpc":"2.0","id":${id},"method":"ping"}\n`, null)
    expect(answer.error?.code).toBe(-32600)
    expect(await client.settled()).toHaveLength(1)
  })

  it.each([[''], [0], [-5], [9007199254740991], ['0'], ['__proto__'], ['\u2028 "\\']])(
    '%j is an id like any other',
    async id => {
      const client = await startReady()
      expect((await client.request('ping', undefined, id)).result).toEqual({})
      const answer = await client.request('tools/call', { name: 'nothing' }, id)
      expect(answer.error?.code).toBe(-32602)
    },
  )

  it('refuses an id that is in flight, and answers the first call under it once', async () => {
    const town = await openTown()
    const client = await startReady({ account: town.account })
    const gate = town.mattermost.faults.hold({ path: /users\/me$/ })
    client.send(call(3))
    await gate.arrived
    const refused = await client.request('tools/call', current, 3)
    expect(refused.error?.code).toBe(-32600)
    expect((await client.request('ping', undefined, 3)).error?.code).toBe(-32600)
    const from = client.received.length
    gate.release()
    expect((await client.reply(3, from)).result?.isError).toBeUndefined()
    expect((await client.settled(from)).filter(({ id }) => id === 3)).toHaveLength(1)
  })

  it('tells 1 and "1" apart', async () => {
    const town = await openTown()
    const client = await startReady({ account: town.account })
    const gate = town.mattermost.faults.hold({ path: /users\/me$/ })
    client.send(call(1), call('1'))
    await gate.arrived
    gate.release()
    const both = await Promise.all([client.reply(1), client.reply('1')])
    expect(both.map(({ result }) => result?.isError)).toEqual([undefined, undefined])
  })
})

describe('cancellation', () => {
  it.each([[0], [''], ['text'], [-1]])(
    'of id %j ends the call without an answer and frees the id',
    async id => {
      const server = await openSilentServer()
      const client = await startReady({ account: server.account })
      client.send(call(id))
      await server.waiting(1)
      const from = client.received.length
      client.send(cancel({ requestId: id, reason: 'changed my mind' }))
      const again = await client.request('tools/call', { name: 'nothing' }, id)
      expect(again.error?.message).toMatch(/unknown tool/i)
      await server.closed(1)
      expect((await client.settled(from)).filter(line => line.id === id)).toHaveLength(1)
    },
  )

  it('of an unknown or a malformed id is ignored', async () => {
    const client = await startReady()
    const from = client.received.length
    client.send(
      cancel({ requestId: 'nobody' }),
      cancel({ requestId: null }),
      cancel({ requestId: {} }),
      cancel({}),
      cancel(undefined),
      cancel([]),
      cancel('x'),
    )
    expect(await client.settled(from)).toEqual([])
  })

  it('of one of two calls leaves the other alone', async () => {
    const town = await openTown()
    const client = await startReady({ account: town.account })
    const gate = town.mattermost.faults.hold({ path: /users\/me$/ })
    client.send(call(1), call(2))
    await gate.arrived
    client.send(cancel({ requestId: 1 }))
    // Answered after the cancellation has been read.
    await client.request('ping')
    gate.release()
    expect((await client.reply(2)).result?.isError).toBeUndefined()
    expect((await client.settled()).filter(({ id }) => id === 1)).toEqual([])
  })
})
