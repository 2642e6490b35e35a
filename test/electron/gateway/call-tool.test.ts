import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import type { Broker } from '../../../electron/broker/broker.ts'
import { createToolHandler } from '../../../electron/gateway/call-tool.ts'
import { type ToolCall, UnknownTool } from '../../../electron/gateway/sdk.ts'
import { defineRead, defineWrite, type Integration } from '../../../electron/integrations/integration.ts'
import type { ApprovalOutcome } from '../../../shared/approvals/outcome.ts'
import type { WriteSubject } from '../../../shared/approvals/write-subject.ts'
import { KosmoError } from '../../../shared/errors.ts'
import { makeEnvironment } from '../../support/tools/environment.ts'

const subject: WriteSubject = {
  service: 'Test',
  server: 'test',
  author: '@a',
  place: '~b',
  channel: 'e',
  kind: 'public',
  audience: 'c',
  text: 'd',
  wideMentions: [],
}
const output = z.object({ done: z.boolean() })
const text = (): string => 'done'

type Setting = {
  run?: () => Promise<never>
  outcome?: Promise<ApprovalOutcome>
  refused?: { kind: 'blocked'; why: string }
}

/** A handler for an integration with one read and one write, and everything that it did. */
function setUp({ run, outcome = Promise.resolve({ kind: 'approved' }), refused }: Setting = {}) {
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
  const write = defineWrite<object, object, { done: boolean }>({
    name: 'test_write',
    title: 'Write',
    description: 'Writes.',
    input: z.strictObject({ text: z.string().min(1).max(5) }),
    output,
    text,
    async prepare() {
      did.push('prepare')
      return {
        key: 'key',
        earlier: async () => undefined,
        wideMentions: subject.wideMentions,
        content: { server: subject.server, channel: subject.channel, root: undefined, text: subject.text },
        describe: async () => subject,
        edited: () => Promise.reject(new Error('nobody changes it')),
        async send() {
          did.push('send')
          return { result: { output: { done: true } }, duplicate: false }
        },
      }
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
    warmUp: () => Promise.reject(new Error('no network')),
  }
  const broker: Broker = {
    credentials: () => ({}),
    refuseWrite: () => refused,
    approve: () => outcome,
  }
  const handler = createToolHandler({
    integrations: [integration],
    broker,
    environment: makeEnvironment(),
    maxResultCharacters: 1_000,
    report: line => reported.push(line),
  })
  const progress: string[] = []
  const call = (name: string, args: Record<string, unknown> = {}, more: Partial<ToolCall> = {}) =>
    handler.call({
      name: `integration__test__${name}`,
      arguments: args,
      clientName: 'raw',
      callId: undefined,
      form: undefined,
      signal: new AbortController().signal,
      attended: new AbortController().signal,
      progress: message => progress.push(message),
      ...more,
    })
  return { handler, call, did, reported, progress }
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

  const refusals: ApprovalOutcome[] = [
    { kind: 'denied' },
    { kind: 'expired', seconds: 50 },
    { kind: 'cancelled', by: 'person' },
    { kind: 'unreachable', why: 'nobody.' },
    { kind: 'blocked', why: 'no.' },
  ]

  it.each(refusals)('that ended as $kind is not sent', async outcome => {
    const { call, did } = setUp({ outcome: Promise.resolve(outcome) })
    expect(await call('write', hello)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(new RegExp(`\\[${outcome.kind}\\]$`)) }],
    })
    expect(did).not.toContain('send')
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
