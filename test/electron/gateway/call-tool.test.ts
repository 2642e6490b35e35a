import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { createToolHandler } from '../../../electron/gateway/call-tool.ts'
import { type ToolCall, UnknownTool } from '../../../electron/gateway/sdk.ts'
import {
  defineRead,
  defineWrite,
  type Integration,
  type PreparedWrite,
} from '../../../electron/integrations/integration.ts'
import type { ApprovalOutcome, Refusal } from '../../../shared/approvals/outcome.ts'
import { KosmoError } from '../../../shared/errors.ts'
import { DecidingBroker } from '../../support/tools/deciding-broker.ts'
import { makeEnvironment } from '../../support/tools/environment.ts'
import { fakeWrite } from '../../support/tools/prepared-write.ts'
import { toolCall } from '../../support/tools/tool-call.ts'

const output = z.object({ done: z.boolean() })
const text = (): string => 'done'

type Setting = {
  run?: () => Promise<never>
  outcome?: Promise<ApprovalOutcome>
  refused?: Refusal
  atRelease?: () => Refusal | null
  /** It was done before. */
  earlier?: boolean
}

/** A handler for an integration with one read and one write, and everything that it did. */
function setUp({ run, outcome, refused, atRelease, earlier = false }: Setting = {}) {
  const did: string[] = []
  const reported: string[] = []
  const read = defineRead<object, object, { done: boolean }>({
    name: 'test_read',
    title: 'Read',
    description: 'Reads.',
    input: z.strictObject({}),
    output,
    text,
    run: run ?? (async () => ({ output: { done: true } })),
  })
  const write = defineWrite<object, { text: string }, { done: boolean }>({
    name: 'test_write',
    title: 'Write',
    description: 'Writes.',
    input: z.strictObject({ text: z.string().min(1).max(5), channel_id: z.string().optional() }),
    output,
    text,
    async prepare(_, { text: given }) {
      did.push('prepare')
      const prepared: PreparedWrite<{ done: boolean }> = {
        ...fakeWrite(given),
        edited: () => Promise.reject(new Error('nobody changes it')),
        earlier: async () => (earlier ? { output: { done: true } } : undefined),
        async send() {
          did.push('send')
          return { result: { output: { done: true } }, duplicate: false }
        },
      }
      return prepared
    },
    asDuplicate: output => output,
  })
  const integration: Integration = {
    id: 'test',
    name: 'Test',
    credentials: [],
    functions: [read, write],
    connect() {
      did.push('connect')
      return {}
    },
    verify: () => Promise.reject(new Error('nobody sets this account')),
    places: () => Promise.reject(new Error('nobody asks where it is')),
    rehearsal: () => ({ service: {}, calls: [] }),
    warmUp: () => Promise.reject(new Error('no network')),
  }
  const broker = new DecidingBroker({
    ...(outcome && { decide: () => outcome }),
    ...(refused && { refused }),
    ...(atRelease && { atRelease }),
  })
  const handler = createToolHandler({
    integrations: [integration],
    broker,
    environment: makeEnvironment(),
    maxResultCharacters: 1_000,
    report: line => reported.push(line),
  })
  const progress: string[] = []
  const call = (name: string, args: Record<string, unknown> = {}, more: Partial<ToolCall> = {}) =>
    handler.call(
      toolCall({
        name: `integration__test__${name}`,
        arguments: args,
        progress: message => progress.push(message),
        ...more,
      }),
    )
  return { handler, broker, call, did, reported, progress }
}

const hello = { text: 'hello' }

describe('a call', () => {
  it('gives data and text', async () => {
    expect(await setUp().call('test_read')).toEqual({
      content: [{ type: 'text', text: 'done' }],
      structuredContent: { done: true },
    })
  })

  it('goes by the short name too, and by no other', async () => {
    const { call } = setUp()
    expect((await call('read')).isError).toBeUndefined()
    await expect(call('test_test_read')).rejects.toBeInstanceOf(UnknownTool)
    await expect(call('x\u202e'.repeat(500))).rejects.toThrow(/^Unknown tool: .{1,100}$/)
  })

  it('leaves nothing at the signal of its client, however it ended', async () => {
    const { signal } = new AbortController()
    await setUp().call('test_read', {}, { signal })
    await setUp().call('test_write', hello, { signal })
    const failing = setUp({ run: () => Promise.reject(new Error('no')) })
    expect((await failing.call('test_read', {}, { signal })).isError).toBe(true)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('makes the service once', async () => {
    const { call, did, handler } = setUp()
    await handler.warmUp()
    await call('read')
    await call('read')
    expect(did).toEqual(['connect'])
  })

  it('that fails by a fault of ours tells neither the model nor the log what the exception says', async () => {
    const { call, reported } = setUp({ run: () => Promise.reject(new Error('token=SECRET123')) })
    const result = await call('read')
    expect(result).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^ERROR: .*\[internal\]$/) }],
    })
    expect(reported).toHaveLength(1)
    expect(JSON.stringify([result, reported])).not.toContain('SECRET123')
  })

  it('that fails by something that is no error fails all the same', async () => {
    const { call } = setUp({ run: () => Promise.reject('SECRET123') })
    expect(JSON.stringify(await call('read'))).toMatch(/\[internal\]/)
  })

  it('that fails by a reason of ours gives it in one line', async () => {
    const { call } = setUp({ run: () => Promise.reject(new KosmoError('not_found', 'There is none.')) })
    expect(await call('read')).toEqual({
      content: [{ type: 'text', text: 'ERROR: There is none. [not_found]' }],
      isError: true,
    })
  })

  it.each([
    [{}, /text is required/],
    [{ text: null }, /text must be of type string/],
    [{ text: 5 }, /text must be of type string/],
    [{ text: '' }, /text must not be empty/],
    [{ text: '123456' }, /text must be at most 5 characters/],
    [{ text: 'a', b: 1, c: 2 }, /unknown argument "b", "c"/],
    [{ b: 1 }, /text is required; unknown argument "b"/],
  ])('with arguments %j does nothing and says what is wrong', async (args, message) => {
    const { call, did } = setUp()
    expect((await call('write', args)).content[0]?.text).toMatch(message)
    expect(did).toEqual([])
  })
})

describe('a write', () => {
  it('that is approved is sent once', async () => {
    const { call, did } = setUp()
    expect((await call('write', hello)).isError).toBeUndefined()
    expect(did).toEqual(['connect', 'prepare', 'send'])
  })

  it('that policy refuses is not even looked up', async () => {
    const { call, did } = setUp({ refused: { kind: 'blocked', why: 'No writes.' } })
    expect((await call('write', hello)).content[0]?.text).toMatch(/^ERROR: No writes\. .*\[blocked\]$/)
    expect(did).toEqual([])
  })

  const refusals: Refusal[] = [
    { kind: 'denied' },
    { kind: 'expired', seconds: 50 },
    { kind: 'cancelled', by: 'person' },
    { kind: 'unreachable', why: 'nobody.' },
    { kind: 'blocked', why: 'no.' },
    { kind: 'not_released', why: 'no.' },
  ]

  it.each(refusals)('that ended as $kind is not sent', async outcome => {
    const { call, did } = setUp({ outcome: Promise.resolve(outcome) })
    expect(await call('write', hello)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(new RegExp(`\\[${outcome.kind}\\]$`)) }],
    })
    expect(did).not.toContain('send')
  })

  it('that still waits for a person is no failure, says how to go on, and is not sent', async () => {
    const waits: Refusal = { kind: 'pending_approval', id: 'p1', seconds: 600 }
    const { call, did } = setUp({ outcome: Promise.resolve(waits) })
    const result = await call('write', hello)
    expect(result).toEqual({
      content: [{ type: 'text', text: expect.stringMatching(/Still waiting.*p1.*Call the same tool again/) }],
      structuredContent: { status: 'pending_approval', approval_id: 'p1', next: result.content[0]?.text },
    })
    expect(did).not.toContain('send')
  })

  it('that was approved and is refused just before sending is not sent', async () => {
    const { call, did } = setUp({ atRelease: () => ({ kind: 'blocked', why: 'The switch is at deny.' }) })
    expect((await call('write', hello)).content[0]?.text).toMatch(
      /^ERROR: The switch is at deny\..*\[blocked\]$/,
    )
    expect(did).not.toContain('send')
  })

  it('that was done before asks nobody', async () => {
    const { call, did, broker } = setUp({ earlier: true })
    expect((await call('write', hello)).structuredContent).toEqual({ done: true })
    expect([did, broker.asked]).toEqual([['connect', 'prepare'], []])
  })

  it('whose decision fails is not sent', async () => {
    const { call, did } = setUp({ outcome: Promise.reject(new Error('broker gone')) })
    expect((await call('write', hello)).isError).toBe(true)
    expect(did).not.toContain('send')
  })

  it('that was approved is not sent when the client has gone meanwhile', async () => {
    const { call, did } = setUp()
    const result = await call('write', hello, { attended: AbortSignal.abort() })
    expect(result.content[0]?.text).toMatch(/nothing was posted.*\[cancelled\]$/)
    expect(did).not.toContain('send')
  })
})

describe('what is told to the broker of a call that has ended', () => {
  const last = async (setting: Setting, name: string, args: Record<string, unknown> = {}) => {
    const { call, broker } = setUp(setting)
    await call(name, args)
    expect(broker.recorded).toHaveLength(1)
    return broker.recorded[0]
  }

  it.each<[string, Setting, string, Record<string, unknown>]>([
    ['ok', {}, 'read', {}],
    ['ok', {}, 'write', hello],
    ['duplicate', { earlier: true }, 'write', hello],
    ['invalid_input', {}, 'write', {}],
    ['blocked', { refused: { kind: 'blocked', why: 'no.' } }, 'write', hello],
    ['denied', { outcome: Promise.resolve({ kind: 'denied' }) }, 'write', hello],
    ['not_found', { run: () => Promise.reject(new KosmoError('not_found', 'None.')) }, 'read', {}],
    ['internal', { run: () => Promise.reject(new Error('token=SECRET123')) }, 'read', {}],
  ])('is %s', async (outcome, setting, name, args) => {
    expect(await last(setting, name, args)).toEqual({
      integration: 'test',
      function: `test_${name}`,
      outcome,
      ms: expect.any(Number),
      characters: expect.any(Number),
    })
  })

  it('is what it was about by ids, never by texts', async () => {
    const recorded = await last({}, 'write', { ...hello, channel_id: '~town\nsquare' })
    expect(recorded).toMatchObject({ target: 'channel_id=~town square', characters: 4 })
    expect(JSON.stringify(recorded)).not.toContain('hello')
  })

  it('changes nothing where it cannot be written down', async () => {
    const { call, broker } = setUp()
    broker.record = () => Promise.reject(new Error('disk full'))
    expect((await call('read')).structuredContent).toEqual({ done: true })
  })
})

describe('progress', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is told every five seconds of a wait, and not any more once it is decided', async () => {
    const decision = Promise.withResolvers<ApprovalOutcome>()
    const { call, progress } = setUp({ outcome: decision.promise })
    const result = call('write', hello)
    await vi.advanceTimersByTimeAsync(4_999)
    expect(progress).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(15_001)
    expect(progress).toHaveLength(4)
    decision.resolve({ kind: 'denied' })
    await result
    await vi.advanceTimersByTimeAsync(60_000)
    expect(progress).toHaveLength(4)
  })
})
