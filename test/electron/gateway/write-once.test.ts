import { describe, expect, it } from 'vitest'
import { Questions } from '../../../electron/gateway/questions.ts'
import type { ToolCall } from '../../../electron/gateway/sdk.ts'
import { WritesInFlight, type Written } from '../../../electron/gateway/write-once.ts'
import type { PreparedWrite } from '../../../electron/integrations/integration.ts'
import type { ApprovalOutcome, Refusal } from '../../../shared/approvals/outcome.ts'
import { KosmoError } from '../../../shared/errors.ts'
import { DecidingBroker } from '../../support/tools/deciding-broker.ts'
import { fakeWrite } from '../../support/tools/prepared-write.ts'
import { toolCall } from '../../support/tools/tool-call.ts'

type Setting = {
  outcome?: ApprovalOutcome
  atRelease?: () => Refusal | null | Promise<Refusal | null>
}

/** What happened, in order; a person thinks until they are let on. */
function stage({ outcome = { kind: 'approved' }, atRelease = () => null }: Setting = {}) {
  const events: string[] = []
  const done = new Set<string>()
  const gate = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  const broker = new DecidingBroker({
    async decide() {
      events.push('asked')
      asked.resolve()
      await gate.promise
      return outcome
    },
    atRelease,
  })
  const writes = new WritesInFlight()
  const deciders = {
    broker,
    questions: new Questions(broker, () => 0),
    of: { integration: 'mattermost', function: 'mattermost_create_post' },
  }
  return {
    events,
    broker,
    writes,
    letOn: gate.resolve,
    asked: asked.promise,
    write: (text: string, fails?: KosmoError) => fakeWrite(text, { events, done, fails }),
    run: (write: PreparedWrite<unknown>, call: Partial<ToolCall> = {}): Promise<Written> =>
      writes.run(write, toolCall(call), deciders),
  }
}

/** What a person did: without looking up and describing. */
const seen = (events: string[]) => events.filter(event => !event.endsWith('is described'))

describe('two calls with one key at once', () => {
  it('the second waits for the first, then finds what that has done: one question, one post', async () => {
    const { events, write, run, letOn } = stage()
    const both = [run(write('a')), run(write('a'))]
    letOn()
    expect(await Promise.all(both)).toMatchObject([
      { duplicate: false, result: { output: 'a' } },
      { duplicate: true, result: { output: 'a of before' } },
    ])
    expect(seen(events)).toEqual(['a looks', 'asked', 'a sends', 'a looks'])
  })

  it('the second never gets the result of another text', async () => {
    const { write, run, letOn } = stage()
    const both = [run(write('a')), run(write('b'))]
    letOn()
    expect(await Promise.all(both)).toMatchObject([{ result: { output: 'a' } }, { result: { output: 'b' } }])
  })

  const refusals: Refusal[] = [
    { kind: 'denied' },
    { kind: 'cancelled', by: 'person' },
    { kind: 'pending_approval', id: 'p', seconds: 60 },
  ]

  it.each(refusals)('what ended as $kind ends so for both, and is asked once', async outcome => {
    const { events, write, run, letOn } = stage({ outcome })
    const both = [run(write('a')), run(write('a'))]
    letOn()
    const refused = { kind: 'refused', outcome }
    expect(await Promise.all(both)).toEqual([refused, refused])
    expect(seen(events)).toEqual(['a looks', 'asked'])
  })

  it('what failed is told to both, and not tried twice', async () => {
    const { events, write, run, letOn } = stage()
    const both = [run(write('a', new KosmoError('unknown_outcome', 'lost'))), run(write('a'))]
    letOn()
    expect(await Promise.allSettled(both)).toMatchObject([
      { status: 'rejected', reason: { code: 'unknown_outcome' } },
      { status: 'rejected', reason: { code: 'unknown_outcome' } },
    ])
    expect(events.filter(event => event === 'a sends')).toHaveLength(1)
  })

  it('where the first client leaves, the second goes on', async () => {
    const { events, write, run, letOn, asked } = stage()
    const leaves = new AbortController()
    const both = [run(write('a'), { signal: leaves.signal }), run(write('a'))]
    await asked
    leaves.abort()
    letOn()
    expect(await Promise.allSettled(both)).toMatchObject([
      { status: 'rejected', reason: { code: 'cancelled' } },
      { status: 'fulfilled', value: { duplicate: false, result: { output: 'a' } } },
    ])
    expect(events.filter(event => event === 'a sends')).toHaveLength(1)
  })

  it('where the first client has left before anybody was asked, the second is asked about', async () => {
    const { events, write, run, letOn } = stage()
    const both = [run(write('a'), { signal: AbortSignal.abort() }), run(write('a'))]
    letOn()
    expect(await Promise.all(both)).toMatchObject([
      { kind: 'refused', outcome: { kind: 'cancelled', by: 'client' } },
      { duplicate: false, result: { output: 'a' } },
    ])
    expect(seen(events)).toEqual(['a looks', 'a looks', 'asked', 'a sends'])
  })
})

describe('just before it is sent', () => {
  it('the broker lets go exactly what goes out: the text that the person made of it', async () => {
    const { events, broker, write, run, letOn } = stage({ outcome: { kind: 'approved', text: 'b' } })
    letOn()
    expect(await run(write('a'))).toMatchObject({ kind: 'written', result: { output: 'b' } })
    expect(broker.released).toEqual([write('b').content])
    expect(seen(events)).toEqual(['a looks', 'asked', 'b sends'])
  })

  it('what the broker does not let go is not sent', async () => {
    const outcome: Refusal = { kind: 'blocked', why: 'The switch is at deny.' }
    const { events, write, run, letOn } = stage({ atRelease: () => outcome })
    letOn()
    expect(await run(write('a'))).toEqual({ kind: 'refused', outcome })
    expect(events).not.toContain('a sends')
  })

  it('a broker that fails then lets nothing go', async () => {
    const { events, write, run, letOn } = stage({ atRelease: () => Promise.reject(new Error('gone')) })
    letOn()
    await expect(run(write('a'))).rejects.toThrow('gone')
    expect(events).not.toContain('a sends')
  })

  it.each(['before the broker is asked', 'while the broker is asked'])(
    'a client that leaves %s gets nothing posted',
    async when => {
      const leaves = new AbortController()
      let releases = 0
      const { events, write, run, letOn, asked } = stage({
        atRelease() {
          releases++
          leaves.abort()
          return null
        },
      })
      const writing = run(write('a'), { signal: leaves.signal })
      await asked
      if (when.startsWith('before')) leaves.abort()
      letOn()
      await expect(writing).rejects.toMatchObject({ code: 'cancelled' })
      expect(releases).toBe(when.startsWith('before') ? 0 : 1)
      expect(events).not.toContain('a sends')
    },
  )
})

it('counts what is under way, of each key once', async () => {
  const { writes, write, run, letOn } = stage()
  const all = [run(write('a')), run(write('a')), run(fakeWrite('c', { key: 'another' }))]
  expect(writes.size).toBe(2)
  letOn()
  await Promise.all(all)
  expect(writes.size).toBe(0)
})
