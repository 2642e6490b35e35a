import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CircuitBreaker } from '../../../../../electron/integrations/mattermost/http/circuit-breaker.ts'
import { MattermostClient } from '../../../../../electron/integrations/mattermost/http/client.ts'
import { Exchanger } from '../../../../../electron/integrations/mattermost/http/exchange.ts'
import { route } from '../../../../../electron/integrations/mattermost/http/route.ts'
import { KosmoError } from '../../../../../shared/errors.ts'
import { startMattermost, type TestMattermost } from '../../../../support/mattermost/server.ts'

let now: number
let breaker: CircuitBreaker
beforeEach(() => {
  now = 1_000
  breaker = new CircuitBreaker(() => now)
})

const fail = (times: number) => {
  for (let nth = 0; nth < times; nth++) breaker.fail()
}
/** A try after the pause. */
const probe = () => {
  now += breaker.openForMs
  expect(breaker.begin()).toBe('probe')
}

describe('CircuitBreaker', () => {
  it('lets all calls go until five have failed in a row', () => {
    for (let failures = 0; failures < 5; failures++) {
      expect(breaker.openForMs).toBe(0)
      expect(breaker.begin()).toBe('go')
      breaker.fail()
    }
    expect(breaker.openForMs).toBe(2_000)
  })

  it('counts only failures without a success between them', () => {
    for (let nth = 0; nth < 10; nth++) {
      fail(4)
      breaker.succeed()
    }
    expect(breaker.openForMs).toBe(0)
    expect(breaker.begin()).toBe('go')
  })

  it('says how long is left', () => {
    fail(5)
    now += 1_500
    expect(breaker.openForMs).toBe(500)
    now += 500
    expect(breaker.openForMs).toBe(0)
  })

  it('lets exactly one try after the pause; the others wait for it', () => {
    fail(5)
    probe()
    expect(breaker.openForMs).toBeGreaterThan(0)
    now += 3_600_000
    expect(breaker.openForMs).toBeGreaterThan(0)
  })

  it('waits twice as long after each try that fails, a minute at most', () => {
    fail(5)
    const pauses = [breaker.openForMs]
    for (let nth = 0; nth < 7; nth++) {
      probe()
      breaker.fail()
      pauses.push(breaker.openForMs)
    }
    expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
  })

  it('is closed again, and patient again, after a try that worked', () => {
    fail(5)
    probe()
    breaker.fail()
    probe()
    breaker.succeed()
    expect(breaker.openForMs).toBe(0)
    expect(breaker.begin()).toBe('go')
    fail(4)
    expect(breaker.openForMs).toBe(0)
    fail(1)
    expect(breaker.openForMs).toBe(2_000)
  })

  it('lets another try where one ended without an answer', () => {
    fail(5)
    probe()
    breaker.abandon()
    expect(breaker.openForMs).toBe(0)
    expect(breaker.begin()).toBe('probe')
  })

  it('does not wait longer because many calls failed at once', () => {
    fail(16)
    expect(breaker.openForMs).toBe(2_000)
    now += 1_000
    fail(100)
    expect(breaker.openForMs).toBe(1_000)
  })

  it('never waits longer than a minute, nor forever, whatever happens', () => {
    const steps = fc.array(
      fc.oneof(
        fc.constantFrom('fail' as const, 'fail' as const, 'succeed' as const, 'call' as const),
        fc.nat(90_000),
      ),
      { maxLength: 200 },
    )
    fc.assert(
      fc.property(steps, all => {
        let time = 0
        const some = new CircuitBreaker(() => time)
        for (const step of all) {
          if (typeof step === 'number') time += step
          else if (step === 'fail') some.fail()
          else if (step === 'succeed') some.succeed()
          else if (some.openForMs === 0 && some.begin() === 'probe') some.fail()
          expect(some.openForMs).toBeLessThanOrEqual(60_000)
        }
        time += 60_000
        expect(some.openForMs).toBe(0)
      }),
    )
  })
})

describe('a client', () => {
  const { signal } = new AbortController()
  const ME = { path: /\/api\/v4\/users\/me$/ }
  const BAD = { kind: 'reply', status: 503, body: '' } as const
  let server: TestMattermost
  let client: MattermostClient
  beforeEach(async () => {
    server = await startMattermost()
    const token = server.world.token(server.world.addPerson('alice'))
    client = new MattermostClient({
      server: { base: server.url, label: 'chat.example.org' },
      token,
      exchanger: new Exchanger({}),
      random: () => 0,
    })
  })
  afterEach(async () => {
    client.close()
    await server.close()
  })
  const read = (until = signal) => client.read(route`/users/me`, { signal: until })
  const write = () => client.write(route`/users/me`, { body: {}, signal })

  it('leaves a server alone after five failed calls, not after five failed tries', async () => {
    server.faults.push({ match: ME, times: 99, fault: BAD })
    for (let nth = 1; nth <= 5; nth++) {
      await failure(read())
      expect(server.requests).toHaveLength(3 * nth)
    }
    expect((await failure(read())).message).toContain('is left alone')
    expect(await write()).toMatchObject({ kind: 'not-done', error: { code: 'unavailable' } })
    expect(server.requests).toHaveLength(15)
  })

  it('counts writes, each of which is tried once', async () => {
    server.faults.push({ match: ME, times: 99, fault: BAD })
    for (let nth = 0; nth < 5; nth++) expect((await write()).kind).toBe('unknown')
    expect(await write()).toMatchObject({ kind: 'not-done', error: { code: 'unavailable' } })
    expect(server.requests).toHaveLength(5)
  })

  it('does not blame the server for calls that were cancelled', async () => {
    server.faults.push({ match: ME, times: 10, fault: { kind: 'neverAnswer' } })
    for (let nth = 0; nth < 10; nth++) {
      const stop = new AbortController()
      const gate = server.faults.hold(ME)
      const cancelled = failure(read(stop.signal))
      await gate.arrived
      stop.abort()
      expect((await cancelled).code).toBe('cancelled')
      gate.release()
    }
    server.faults.clear()
    await read()
  })

  it('shows a refused token once, for reads and writes', async () => {
    for (const token of server.world.tokens.values()) token.state = 'revoked'
    const first = await failure(read())
    expect(first.code).toBe('unauthorized')
    for (let nth = 0; nth < 20; nth++) expect(await failure(read())).toBe(first)
    expect(await write()).toEqual({ kind: 'not-done', error: first })
    expect(server.requests.filter(({ headers }) => headers.authorization !== undefined)).toHaveLength(1)
  })

  it('takes a token for good where the database is gone, and goes on when it is back', async () => {
    server.settings.databaseDown = true
    const error = await failure(read())
    expect(error).toMatchObject({ code: 'unavailable' })
    expect(error.message).toContain('lost its database')
    server.settings.databaseDown = false
    await read()
  })
})

async function failure(promise: Promise<unknown>): Promise<KosmoError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof KosmoError)) throw new Error(`expected a KosmoError, got ${String(error)}`)
  return error
}
