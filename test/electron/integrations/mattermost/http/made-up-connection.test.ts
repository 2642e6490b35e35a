import { getEventListeners } from 'node:events'
import { Socket } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Exchanger } from '../../../../../electron/integrations/mattermost/http/exchange.ts'
import { MadeUpConnection } from '../../../../../electron/integrations/mattermost/http/made-up-connection.ts'

beforeEach(() => void vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1'))
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

const JSON_OF: Record<string, unknown> = { '/a': { name: 'ä' }, '/b': [1], '/long': 'x'.repeat(20_000) }

function setUp() {
  const connect = vi.spyOn(Socket.prototype, 'connect')
  const asked: string[] = []
  const answerTo = (path: string) => {
    asked.push(path)
    return JSON_OF[path]
  }
  const exchanger = new Exchanger({
    connect: () => new MadeUpConnection(answerTo),
  })
  const { signal } = new AbortController()
  const ask = (path: string, body?: string, given = signal) =>
    exchanger.exchange({
      method: body === undefined ? 'GET' : 'POST',
      url: `http://made-up.invalid${path}`,
      headers: {},
      body,
      signal: given,
      deadlineMs: 5_000,
      maxBytes: 10_000,
    })
  return { exchanger, ask, asked, connect, signal }
}

it('answers by the path, whatever the query and the body, one request after the other and side by side', async () => {
  const { exchanger, ask, connect } = setUp()
  const said = async (path: string, body?: string) => {
    const exchange = await ask(path, body)
    if (exchange.kind === 'fault') throw new Error(exchange.fault.sentence)
    return [exchange.status, exchange.body.toString()]
  }
  expect(await said('/a')).toEqual([200, '{"name":"?"}'])
  expect(await said('/b?x=1', '{"long":"'.padEnd(9_000, 'x'))).toEqual([200, '[1]'])
  expect(await Promise.all([said('/a'), said('/nowhere')])).toEqual([
    [200, '{"name":"?"}'],
    [404, '{}'],
  ])
  expect(connect).not.toHaveBeenCalled()
  exchanger.close()
})

it('an exchange leaves nothing at its caller’s signal, whatever came of it', async () => {
  const { exchanger, ask, signal } = setUp()
  await ask('/a')
  await ask('/nowhere')
  expect(await ask('/long')).toMatchObject({ kind: 'fault', fault: { kind: 'too-large' } })
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  exchanger.close()
})

it('what was cancelled before its turn came is not sent, as is said of it', async () => {
  const { exchanger, ask, asked } = setUp()
  // With a connection that is open, nothing stands between it and the server.
  await ask('/a')
  const cancelled = { kind: 'fault', fault: { kind: 'cancelled' }, sent: false }
  expect(await ask('/b', '{}', AbortSignal.abort())).toMatchObject(cancelled)
  await ask('/a')
  expect(asked).toEqual(['/a', '/a'])
  exchanger.close()
})
