import { describe, expect, it } from 'vitest'
import type { Broker } from '../../../electron/broker/broker.ts'
import type { ToolCall } from '../../../electron/gateway/sdk.ts'
import { WritesInFlight } from '../../../electron/gateway/write-once.ts'
import type { PreparedWrite } from '../../../electron/integrations/integration.ts'
import type { ApprovalOutcome } from '../../../shared/approvals/outcome.ts'
import { KosmoError } from '../../../shared/errors.ts'

/** What happened, in order; writes stand still at `send` until they are let on. */
function stage(outcome: ApprovalOutcome = { kind: 'approved' }) {
  const events: string[] = []
  const gate = Promise.withResolvers<void>()
  const done = new Set<string>()
  const broker: Broker = {
    credentials: () => ({}),
    refuseWrite: () => undefined,
    async approve() {
      events.push('asked')
      await gate.promise
      return outcome
    },
  }
  const write = (text: string, fails?: KosmoError): PreparedWrite<unknown> => ({
    key: 'key',
    wideMentions: [],
    content: { server: '', channel: 'c', root: undefined, text },
    edited: async changed => write(changed, fails),
    describe: async () => ({
      service: '',
      server: '',
      author: '',
      place: '',
      channel: 'c',
      kind: 'public',
      audience: '',
      text,
      wideMentions: [],
    }),
    async earlier() {
      events.push(`${text} looks`)
      return done.has(text) ? { output: `${text} of before` } : undefined
    },
    async send() {
      events.push(`${text} sends`)
      if (fails !== undefined) throw fails
      done.add(text)
      return { result: { output: text }, duplicate: false }
    },
  })
  return { events, broker, write, letOn: gate.resolve }
}

function call(signal = new AbortController().signal): ToolCall {
  const silent = { callId: undefined, form: undefined, progress: () => undefined }
  return { name: '', arguments: {}, clientName: 'test', signal, attended: signal, ...silent }
}

describe('two calls with one key at once', () => {
  it('the second waits for the first, then finds what that has done: one question, one post', async () => {
    const { events, broker, write, letOn } = stage()
    const writes = new WritesInFlight()
    const both = [writes.run(write('a'), call(), broker), writes.run(write('a'), call(), broker)]
    letOn()
    expect(await Promise.all(both)).toMatchObject([
      { duplicate: false, result: { output: 'a' } },
      { duplicate: true, result: { output: 'a of before' } },
    ])
    expect(events).toEqual(['a looks', 'asked', 'a sends', 'a looks'])
  })

  it('the second never gets the result of another text', async () => {
    const { broker, write, letOn } = stage()
    const writes = new WritesInFlight()
    const both = [writes.run(write('a'), call(), broker), writes.run(write('b'), call(), broker)]
    letOn()
    expect(await Promise.all(both)).toMatchObject([{ result: { output: 'a' } }, { result: { output: 'b' } }])
  })

  it('what a person declined is declined for both, and asked once', async () => {
    const { events, broker, write, letOn } = stage({ kind: 'denied' })
    const writes = new WritesInFlight()
    const both = [writes.run(write('a'), call(), broker), writes.run(write('a'), call(), broker)]
    letOn()
    const denied = { kind: 'refused', outcome: { kind: 'denied' } }
    expect(await Promise.all(both)).toMatchObject([denied, denied])
    expect(events).toEqual(['a looks', 'asked'])
  })

  it('what failed is told to both, and not tried twice', async () => {
    const { events, broker, write, letOn } = stage()
    const writes = new WritesInFlight()
    const failing = write('a', new KosmoError('unknown_outcome', 'lost'))
    const both = [writes.run(failing, call(), broker), writes.run(write('a'), call(), broker)]
    letOn()
    const results = await Promise.allSettled(both)
    expect(results).toMatchObject([
      { status: 'rejected', reason: { code: 'unknown_outcome' } },
      { status: 'rejected', reason: { code: 'unknown_outcome' } },
    ])
    expect(events.filter(event => event === 'a sends')).toHaveLength(1)
  })

  it('where the first client leaves, the second goes on', async () => {
    const { broker, write, letOn } = stage()
    const writes = new WritesInFlight()
    const leaves = new AbortController()
    const both = [writes.run(write('a'), call(leaves.signal), broker), writes.run(write('a'), call(), broker)]
    leaves.abort()
    letOn()
    expect(await Promise.allSettled(both)).toMatchObject([
      { status: 'rejected', reason: { code: 'cancelled' } },
      { status: 'fulfilled', value: { duplicate: false, result: { output: 'a' } } },
    ])
  })
})
