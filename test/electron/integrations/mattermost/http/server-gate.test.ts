import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Exchange, Exchanger } from '../../../../../electron/integrations/mattermost/http/exchange.ts'
import { ServerGate } from '../../../../../electron/integrations/mattermost/http/server-gate.ts'
import { KosmoError } from '../../../../../shared/errors.ts'
import { startMattermost, type TestMattermost } from '../../../../support/mattermost/server.ts'

let server: TestMattermost
let exchanger: Exchanger
let gate: ServerGate
let now: number
/** Requests that were let out. */
let sent: number
beforeEach(async () => {
  server = await startMattermost()
  exchanger = new Exchanger({})
  now = 0
  sent = 0
  gate = new ServerGate({ base: server.url, label: 'chat.example.org' }, exchanger, () => now)
})
afterEach(async () => {
  exchanger.close()
  await server.close()
})

const GOOD: Exchange = { kind: 'answer', status: 200, headers: {}, body: Buffer.from('{}') }
const answer = (status: number): Exchange => ({ ...GOOD, status })
const fault = (kind: 'cancelled' | 'deadline' | 'unreachable' | 'broken' | 'tls' | 'bad-body'): Exchange => ({
  kind: 'fault',
  fault: { kind, sentence: 'failed.' },
  sent: true,
})
const call = async (exchange: Exchange | (() => Promise<Exchange>)) => {
  const result = await gate.admit(async () => {
    sent++
    return typeof exchange === 'function' ? exchange() : exchange
  })
  gate.settle(result)
  return result
}
const pings = () => server.requestsTo('GET', /\/api\/v4\/system\/ping$/)
const turn = () => new Promise(resolve => setImmediate(resolve))

async function failure(promise: Promise<unknown>): Promise<KosmoError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof KosmoError)) throw new Error(`expected a KosmoError, got ${String(error)}`)
  return error
}

const PING = { method: 'GET', path: /system\/ping$/ }
const failing = (status = 503, times = 999) =>
  server.faults.push({ match: PING, times, fault: { kind: 'reply', status, body: '' } })
const open = async () => {
  for (let nth = 0; nth < 5; nth++) await call(answer(503))
  sent = 0
}

describe('a server that fails', () => {
  it.each([
    ['500', answer(500)],
    ['502', answer(502)],
    ['503', answer(503)],
    ['a deadline', fault('deadline')],
    ['a refused connection', fault('unreachable')],
    ['a reset', fault('broken')],
  ])('is left alone after five times %s, with the seconds and without a request', async (_, bad) => {
    for (let nth = 0; nth < 5; nth++) await call(bad)
    expect(sent).toBe(5)
    for (let nth = 0; nth < 100; nth++) {
      const error = await failure(call(GOOD))
      expect(error.code).toBe('unavailable')
      expect(error.message).toContain('chat.example.org has failed several times in a row')
      expect(error.message).toContain('2 more seconds')
    }
    expect(sent).toBe(5)
    expect(server.requests).toEqual([])
  })

  it.each([
    ['200', answer(200)],
    ['401', answer(401)],
    ['403', answer(403)],
    ['404', answer(404)],
    ['429', answer(429)],
    ['501, which says that something is switched off', answer(501)],
  ])('was one that works where it answers %s', async (_, good) => {
    for (let nth = 0; nth < 20; nth++) {
      for (let bad = 0; bad < 4; bad++) await call(answer(503))
      await call(good)
    }
    expect(sent).toBe(100)
  })

  it.each(['cancelled', 'tls', 'bad-body'] as const)('is neither blamed nor cleared by %s', async kind => {
    for (let nth = 0; nth < 20; nth++) await call(fault(kind))
    for (let nth = 0; nth < 4; nth++) await call(answer(503))
    await call(fault(kind))
    await call(answer(503))
    expect((await failure(call(GOOD))).code).toBe('unavailable')
  })

  it('is asked how it is by exactly one, without the token, after the pause', async () => {
    await open()
    now = 2_000
    const held = server.faults.hold(PING)
    const first = call(GOOD)
    const others = await Promise.all(Array.from({ length: 50 }, () => failure(call(GOOD))))
    expect(new Set(others.map(({ code }) => code))).toEqual(new Set(['unavailable']))
    await held.arrived
    expect(sent).toBe(0)
    held.release()
    await first
    expect(sent).toBe(1)
    expect(pings()).toHaveLength(1)
    expect(server.requests).toHaveLength(1)
    expect(pings()[0]?.headers.authorization).toBeUndefined()
    expect(pings()[0]?.query).toBe('')
  })

  it('is left alone for longer each time that it is still not well, a minute at most', async () => {
    await open()
    failing()
    const seconds: (string | undefined)[] = []
    for (let nth = 0; nth < 7; nth++) {
      const error = await failure(call(GOOD))
      seconds.push(/(\d+) more seconds/.exec(error.message)?.[1])
      now += Number(seconds.at(-1)) * 1000
      await failure(call(GOOD))
    }
    expect(seconds).toEqual(['2', '4', '8', '16', '32', '60', '60'])
    expect(pings()).toHaveLength(7)
    expect(sent).toBe(0)
  })

  it('gets everything again as soon as it is well', async () => {
    await open()
    now = 2_000
    for (let nth = 0; nth < 100; nth++) await call(GOOD)
    expect(sent).toBe(100)
    expect(pings()).toHaveLength(1)
  })

  it('gets nothing more of a queue that formed while it still seemed well', async () => {
    const stuck = Promise.withResolvers<Exchange>()
    const calls = Array.from({ length: 100 }, () => call(() => stuck.promise))
    const codes = Promise.all(
      calls.map(each =>
        each.then(
          () => 'failed',
          (error: KosmoError) => error.code,
        ),
      ),
    )
    await turn()
    expect(sent).toBe(16)
    stuck.resolve(answer(503))
    expect((await codes).filter(code => code === 'unavailable').length).toBeGreaterThanOrEqual(68)
    expect(sent).toBeLessThanOrEqual(32)
    expect(pings()).toEqual([])
    expect((await failure(call(GOOD))).message).toContain('2 more seconds')
  })

  it('is told of by a probe that nobody answers, too', async () => {
    await open()
    now = 2_000
    server.faults.push({ match: PING, fault: { kind: 'resetBeforeHeaders' } })
    expect((await failure(call(GOOD))).message).toContain('4 more seconds')
    expect(sent).toBe(0)
  })
})

const REFUSED = new KosmoError('unauthorized', 'chat.example.org did not accept the token.', { status: 401 })
const FORBIDDEN = new KosmoError('forbidden', 'chat.example.org does not let this account do that.', {
  status: 403,
  serverError: 'api.context.permissions.app_error',
})

describe('a token that is refused', () => {
  it('is not shown again for 30 seconds: the same error without a request, then it is tried again', async () => {
    expect(await gate.judge(REFUSED)).toBe(REFUSED)
    server.requests.length = 0
    for (now of [0, 1, 15_000, 29_999]) expect(await failure(call(GOOD))).toBe(REFUSED)
    expect(sent).toBe(0)
    expect(server.requests).toEqual([])
    now = 30_000
    await call(GOOD)
    expect(sent).toBe(1)
  })

  it('is not shown by calls that wait in line, either', async () => {
    const stuck = Promise.withResolvers<Exchange>()
    const running = Array.from({ length: 16 }, () => call(() => stuck.promise))
    const waiting = Array.from({ length: 50 }, () => failure(call(GOOD)))
    await turn()
    await gate.judge(REFUSED)
    stuck.resolve(answer(401))
    await Promise.all(running)
    for (const error of await Promise.all(waiting)) expect(error).toBe(REFUSED)
    expect(sent).toBe(16)
  })

  it('is asked about without being shown', async () => {
    await gate.judge(REFUSED)
    expect(pings()).toHaveLength(1)
    expect(pings()[0]?.query).toBe('get_server_status=true')
    expect(JSON.stringify(server.requests[0]?.headers)).not.toMatch(/bearer|authorization/i)
  })

  it.each([
    ['401', REFUSED],
    ['403', FORBIDDEN],
  ])(
    '(%s) may be good where the server has lost its database: said so, and not held back',
    async (_, error) => {
      server.settings.databaseDown = true
      const judged = await gate.judge(error)
      expect(judged.code).toBe('unavailable')
      expect(judged.message).toMatch(/chat\.example\.org has lost its database.*token may well be good/)
      expect(judged.facts).toBe(error.facts)
      await call(GOOD)
      expect(sent).toBe(1)
    },
  )

  it('is held back where the server cannot even say how it is', async () => {
    failing(502)
    expect(await gate.judge(REFUSED)).toBe(REFUSED)
    expect(await failure(call(GOOD))).toBe(REFUSED)
  })

  it('is not what a 403 of a healthy server is about', async () => {
    expect(await gate.judge(FORBIDDEN)).toBe(FORBIDDEN)
    await call(GOOD)
    expect(sent).toBe(1)
  })

  it.each(['not_found', 'refused', 'rate_limited', 'unavailable', 'forbidden'] as const)(
    'is not what %s is about: nothing is asked',
    async code => {
      const error = new KosmoError(code, 'No.', { status: 400 })
      expect(await gate.judge(error)).toBe(error)
      expect(server.requests).toEqual([])
      await call(GOOD)
    },
  )
})

describe('the line before a server', () => {
  it('is 512 long behind the 16 that run: one more is refused at once, and room comes back', async () => {
    const stuck = Promise.withResolvers<Exchange>()
    const calls = Array.from({ length: 16 + 512 }, () => call(() => stuck.promise))
    for (let nth = 0; nth < 1_000; nth++) {
      const error = await failure(call(GOOD))
      expect(error.code).toBe('unavailable')
      expect(error.message).toContain('Too many requests wait')
    }
    expect(sent).toBe(16)
    stuck.resolve(GOOD)
    await Promise.all(calls)
    expect(sent).toBe(528)
    await call(GOOD)
    expect(sent).toBe(529)
  })

  it('holds everybody for the longest time that the server asked for', () => {
    gate.quiet(5_000)
    gate.quiet(1_000)
    expect(gate.quietMs).toBe(5_000)
    now = 5_000
    expect(gate.quietMs).toBe(0)
  })
})
