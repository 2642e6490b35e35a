import * as fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import * as z from 'zod'
import { openPeer, type Peer } from '../../../../electron/broker/wire/peer.ts'
import { KosmoError } from '../../../../shared/errors.ts'
import { defineMethods } from '../../../../shared/protocol/method-table.ts'
import { type MemoryEnd, memoryEnd, memoryPair } from '../../../support/broker/memory-channels.ts'

const methods = defineMethods({
  double: { params: z.strictObject({ n: z.int() }), result: z.int() },
  fail: { params: z.strictObject({ how: z.enum(['known', 'unknown', 'nothing']) }), result: z.null() },
  wait: { params: z.strictObject({}), result: z.null() },
  lie: { params: z.strictObject({}), result: z.int() },
  guarded: { params: z.strictObject({}), result: z.null() },
})
const noMethods = defineMethods({})

type Seen = { calls: [string, unknown][]; reports: string[]; peer: Peer<typeof methods> }

/** A peer with handlers that note what they are called with. */
function open(channel: MemoryEnd): Seen {
  const calls: [string, unknown][] = []
  const reports: string[] = []
  const note = (name: string, params: unknown): null => {
    calls.push([name, params])
    return null
  }
  const peer = openPeer({
    channel,
    local: methods,
    remote: methods,
    refuse: method => (method === 'guarded' ? 'Not from here.' : undefined),
    report: line => reports.push(line),
    handlers: {
      double(params) {
        note('double', params)
        return params.n * 2
      },
      fail(params) {
        note('fail', params)
        if (params.how === 'known') throw new KosmoError('forbidden', 'Told.')
        if (params.how === 'unknown') throw new Error('secret of ours')
        // As code may that is not ours.
        throw undefined
      },
      wait(params) {
        note('wait', params)
        return new Promise(() => undefined)
      },
      lie: params => note('lie', params) ?? ('text' as never),
      guarded: params => note('guarded', params),
    },
  })
  return { calls, reports, peer }
}

/** Everything that is due by promises has happened. */
function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

/** Unhandled rejections of the test that is running. */
function unhandled(): unknown[] {
  const seen: unknown[] = []
  const note = (reason: unknown) => seen.push(reason)
  process.on('unhandledRejection', note)
  onTestFinished(() => void process.off('unhandledRejection', note))
  return seen
}

test('Two peers call each other, and an answer that is not as the table says is a failure', async () => {
  const [here, there] = memoryPair()
  const { peer } = open(here)
  open(there)
  expect(await peer.remote.double({ n: 21 })).toBe(42)
  await expect(peer.remote.lie({})).rejects.toThrow()
  await expect(peer.remote.double({ n: 0.5 })).rejects.toThrow()
  expect([here.dropped, there.dropped]).toEqual([[], []])
})

test('Only failures that are ours to tell cross with their sentence', async () => {
  const [here, there] = memoryPair()
  const { peer } = open(here)
  const { reports } = open(there)
  await expect(peer.remote.fail({ how: 'known' })).rejects.toMatchObject({
    code: 'forbidden',
    message: 'Told.',
  })
  await expect(peer.remote.fail({ how: 'unknown' })).rejects.toMatchObject({ code: 'internal' })
  await expect(peer.remote.guarded({})).rejects.toMatchObject({
    code: 'forbidden',
    message: 'Not from here.',
  })
  expect(reports).toEqual(['internal fault: Error'])
  expect(JSON.stringify(there.sent)).not.toContain('secret of ours')
})

test('A refused call is refused before its values are looked at, and the connection stays', async () => {
  const end = memoryEnd()
  const { calls } = open(end)
  end.arrive({ t: 'q', i: '1', m: 'guarded', a: ['nonsense'] })
  await turn()
  expect(end.sent).toEqual([{ t: 's', i: '1', e: { code: 'forbidden', message: 'Not from here.' } }])
  expect([end.dropped, calls]).toEqual([[], []])
})

test('After the end calls that wait and calls that come fail with `unreachable`', async () => {
  const { peer } = open(memoryEnd())
  const waiting = peer.remote.wait({})
  await turn()
  peer.close()
  await expect(waiting).rejects.toMatchObject({ code: 'unreachable' })
  await expect(peer.remote.wait({})).rejects.toMatchObject({ code: 'unreachable' })
})

test.each([
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'then',
  '$close',
  '$call',
  'valueOf',
  '',
  'Double',
])('A call of %j drops the connection and calls nothing', async m => {
  const faults = unhandled()
  const end = memoryEnd()
  const { calls } = open(end)
  for (const a of [[], [{}], [{ n: 1 }]]) end.arrive({ t: 'q', i: '1', m, a })
  await turn()
  expect(end.dropped).toHaveLength(3)
  expect([calls, end.sent, faults]).toEqual([[], [], []])
})

test.each([
  [{ t: 'q', i: '1', m: 'double', a: [{ n: '1' }] }],
  [{ t: 'q', i: '1', m: 'double', a: [{ n: 1, more: true }] }],
  [{ t: 'q', i: '1', m: 'double', a: [] }],
  [{ t: 'q', i: '1', m: 'double', a: [{ n: 1 }, { n: 2 }] }],
  [{ t: 'q', i: 1, m: 'double', a: [{ n: 1 }] }],
  [{ t: 'q', i: 'x'.repeat(65), m: 'double', a: [{ n: 1 }] }],
  [{ t: 'q', i: '1', m: 'double', a: [{ n: 1 }], o: true }],
  [{ t: 'x', i: '1', m: 'double', a: [{ n: 1 }] }],
  [{ t: 's' }],
  [{ t: 's', i: '1', e: 'text' }],
  [{ t: 's', i: '1', e: { code: 'no such code', message: '' } }],
  [null],
  [[]],
  ['q'],
  [0],
])('%j drops the connection and calls nothing', async message => {
  const faults = unhandled()
  const end = memoryEnd()
  const { calls } = open(end)
  end.arrive(message)
  await turn()
  expect(end.dropped).toHaveLength(1)
  expect([calls, end.sent, faults]).toEqual([[], [], []])
})

test('What came in one piece with a message that ends the connection is not done', async () => {
  for (const bad of [{ t: 'q', i: '1', m: 'double', a: [] }, { t: 'q', i: '1', m: 'none', a: [{}] }, 'q']) {
    const end = memoryEnd()
    const { calls } = open(end)
    end.arrive(bad)
    end.arrive({ t: 'q', i: '2', m: 'double', a: [{ n: 1 }] })
    await turn()
    expect([end.dropped.length, calls, end.sent], JSON.stringify(bad)).toEqual([1, [], []])
  }
})

test('Answers to questions that nobody asked change nothing', async () => {
  const [here, there] = memoryPair()
  const { peer } = open(here)
  open(there)
  here.arrive({ t: 's', i: 'nobody', r: 1 })
  here.arrive({ t: 's', i: 'constructor', e: { code: 'internal', message: 'x' } })
  here.arrive({ t: 's', i: '__proto__' })
  expect(await peer.remote.double({ n: 1 })).toBe(2)
  expect(here.dropped).toEqual([])
})

test('A peer without methods answers nothing', async () => {
  const end = memoryEnd()
  openPeer({
    channel: end,
    local: noMethods,
    handlers: {},
    remote: methods,
    report: () => undefined,
  })
  end.arrive({ t: 'q', i: '1', m: 'double', a: [{ n: 1 }] })
  await turn()
  expect([end.dropped.length, end.sent]).toEqual([1, []])
})

const almostFrame = fc.record(
  {
    t: fc.constantFrom('q', 's', 'x', 1),
    i: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor'), fc.jsonValue()),
    m: fc.oneof(fc.constantFrom(...Object.keys(methods), '__proto__', 'constructor'), fc.string()),
    a: fc.oneof(
      fc.array(
        fc.oneof(
          fc.record({ n: fc.oneof(fc.integer(), fc.jsonValue()) }),
          fc.record({ how: fc.constantFrom('known', 'unknown', 'nothing', 'else') }),
          fc.constant({}),
          fc.jsonValue(),
        ),
        { maxLength: 2 },
      ),
      fc.jsonValue(),
    ),
    r: fc.jsonValue(),
    e: fc.oneof(fc.jsonValue(), fc.record({ code: fc.constantFrom('internal', 'x'), message: fc.string() })),
    o: fc.boolean(),
  },
  { requiredKeys: [] },
)

const properCall = fc.record({
  t: fc.constant('q'),
  i: fc.string({ maxLength: 64 }),
  m: fc.constantFrom(...Object.keys(methods)),
  a: fc.tuple(
    fc.oneof(
      fc.constant({}),
      fc.record({ n: fc.integer() }),
      fc.record({ how: fc.constantFrom('known', 'unknown', 'nothing') }),
    ),
  ),
})

test('Whatever JSON comes: nothing is thrown, and no handler sees what its schema has not passed', async () => {
  const faults = unhandled()
  const message = fc.oneof(
    { weight: 9, arbitrary: properCall },
    { weight: 3, arbitrary: almostFrame },
    fc.jsonValue(),
    fc.object(),
  )
  let called = 0
  await fc.assert(
    fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 8 }), async messages => {
      const end = memoryEnd()
      const { calls, peer } = open(end)
      for (const each of messages) end.arrive(JSON.parse(JSON.stringify(each)) as unknown)
      await turn()
      for (const [name, params] of calls) {
        const method = methods[name as keyof typeof methods]
        expect(method.params.safeParse(params)).toMatchObject({ success: true, data: params })
        expect(name).not.toBe('guarded')
      }
      called += calls.length
      // What goes out is a frame of ours with an id that came in.
      const ids = messages.map(each => (each as { i?: unknown } | null)?.i)
      for (const sent of end.sent as { t: string; i: string }[]) {
        expect(sent.t).toBe('s')
        expect(ids).toContain(sent.i)
      }
      peer.close()
    }),
    { numRuns: 3_000 },
  )
  expect(faults).toEqual([])
  expect(called, 'some are proper calls').toBeGreaterThan(50)
})
