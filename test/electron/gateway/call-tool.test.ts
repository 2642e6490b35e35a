import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { UnknownTool } from '../../../electron/gateway/sdk.ts'
import type { ApprovalOutcome, Refusal } from '../../../shared/approvals/outcome.ts'
import { KosmoError } from '../../../shared/errors.ts'
import { openSmallTools, type SmallSetting } from '../../support/tools/small-tools.ts'

const hello = { text: 'hello' }

describe('a call', () => {
  it('gives data and text', async () => {
    expect(await openSmallTools().call('test_read')).toEqual({
      content: [{ type: 'text', text: 'done' }],
      structuredContent: { done: true },
    })
  })

  it('goes by the short name too, and by no other', async () => {
    const { call } = openSmallTools()
    expect((await call('read')).isError).toBeUndefined()
    await expect(call('test_test_read')).rejects.toBeInstanceOf(UnknownTool)
    await expect(call('x\u202e'.repeat(500))).rejects.toThrow(/^Unknown tool: .{1,100}$/)
  })

  it('leaves nothing at the signal of its client, however it ended', async () => {
    const { signal } = new AbortController()
    await openSmallTools().call('test_read', {}, { signal })
    await openSmallTools().call('test_write', hello, { signal })
    const failing = openSmallTools({ run: () => Promise.reject(new Error('no')) })
    expect((await failing.call('test_read', {}, { signal })).isError).toBe(true)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('makes the service once', async () => {
    const { call, did, handler } = openSmallTools()
    await handler.warmUp()
    await call('read')
    await call('read')
    expect(did).toEqual(['connect'])
  })

  it('that fails by a fault of ours tells neither the model nor the log what the exception says', async () => {
    const { call, reported } = openSmallTools({ run: () => Promise.reject(new Error('token=SECRET123')) })
    const result = await call('read')
    expect(result).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^ERROR: .*\[internal\]$/) }],
    })
    expect(reported).toHaveLength(1)
    expect(JSON.stringify([result, reported])).not.toContain('SECRET123')
  })

  it('that fails by something that is no error fails all the same', async () => {
    const { call } = openSmallTools({ run: () => Promise.reject('SECRET123') })
    expect(JSON.stringify(await call('read'))).toMatch(/\[internal\]/)
  })

  it('that fails by a reason of ours gives it in one line', async () => {
    const { call } = openSmallTools({
      run: () => Promise.reject(new KosmoError('not_found', 'There is none.')),
    })
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
    const { call, did } = openSmallTools()
    expect((await call('write', args)).content[0]?.text).toMatch(message)
    expect(did).toEqual([])
  })
})

describe('a write', () => {
  it('that is approved is sent once', async () => {
    const { call, did } = openSmallTools()
    expect((await call('write', hello)).isError).toBeUndefined()
    expect(did).toEqual(['connect', 'prepare', 'send'])
  })

  it('that policy refuses is not even looked up', async () => {
    const { call, did } = openSmallTools({ refused: { kind: 'blocked', why: 'No writes.' } })
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
    const { call, did } = openSmallTools({ outcome: Promise.resolve(outcome) })
    expect(await call('write', hello)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(new RegExp(`\\[${outcome.kind}\\]$`)) }],
    })
    expect(did).not.toContain('send')
  })

  it('that still waits for a person is no failure, says how to go on, and is not sent', async () => {
    const waits: Refusal = { kind: 'pending_approval', id: 'p1', seconds: 600 }
    const { call, did } = openSmallTools({ outcome: Promise.resolve(waits) })
    const result = await call('write', hello)
    expect(result).toEqual({
      content: [{ type: 'text', text: expect.stringMatching(/Still waiting.*p1.*Call the same tool again/) }],
      structuredContent: { status: 'pending_approval', approval_id: 'p1', next: result.content[0]?.text },
    })
    expect(did).not.toContain('send')
  })

  it('that was approved and is refused just before sending is not sent', async () => {
    const { call, did } = openSmallTools({
      atRelease: () => ({ kind: 'blocked', why: 'The switch is at deny.' }),
    })
    expect((await call('write', hello)).content[0]?.text).toMatch(
      /^ERROR: The switch is at deny\..*\[blocked\]$/,
    )
    expect(did).not.toContain('send')
  })

  it('that was done before asks nobody', async () => {
    const { call, did, broker } = openSmallTools({ earlier: true })
    expect((await call('write', hello)).structuredContent).toEqual({ done: true })
    expect([did, broker.asked]).toEqual([['connect', 'prepare'], []])
  })

  it('whose decision fails is not sent', async () => {
    const { call, did } = openSmallTools({ outcome: Promise.reject(new Error('broker gone')) })
    expect((await call('write', hello)).isError).toBe(true)
    expect(did).not.toContain('send')
  })

  it('that was approved is not sent when the client has gone meanwhile', async () => {
    const { call, did } = openSmallTools()
    const result = await call('write', hello, { attended: AbortSignal.abort() })
    expect(result.content[0]?.text).toMatch(/nothing was posted.*\[cancelled\]$/)
    expect(did).not.toContain('send')
  })
})

describe('what is told to the broker of a call that has ended', () => {
  const last = async (setting: SmallSetting, name: string, args: Record<string, unknown> = {}) => {
    const { call, broker } = openSmallTools(setting)
    await call(name, args)
    expect(broker.recorded).toHaveLength(1)
    return broker.recorded[0]
  }

  it.each<[string, SmallSetting, string, Record<string, unknown>]>([
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
    const { call, broker } = openSmallTools()
    broker.record = () => Promise.reject(new Error('disk full'))
    expect((await call('read')).structuredContent).toEqual({ done: true })
  })
})

describe('progress', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is told every five seconds of a wait, and not any more once it is decided', async () => {
    const decision = Promise.withResolvers<ApprovalOutcome>()
    const { call, progress } = openSmallTools({ outcome: decision.promise })
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
