import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startDeadline } from '../../../electron/integrations/deadline.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('ends at its time, and says that it was that', () => {
  const caller = new AbortController()
  const deadline = startDeadline(caller.signal, 100)
  vi.advanceTimersByTime(99)
  expect(deadline.signal.aborted).toBe(false)
  expect(deadline.reason()).toBe(undefined)
  vi.advanceTimersByTime(1)
  expect(deadline.signal.reason).toMatchObject({ name: 'TimeoutError' })
  expect(deadline.reason()).toBe('deadline')
  // Whoever leaves afterwards was not the one.
  caller.abort()
  expect(deadline.reason()).toBe('deadline')
})

it('ends with the caller, for the caller’s reason; a deadline of theirs is one', () => {
  const caller = new AbortController()
  const deadline = startDeadline(caller.signal, 100)
  caller.abort(new Error('enough'))
  expect(deadline.signal.reason).toMatchObject({ message: 'enough' })
  expect(deadline.reason()).toBe('cancelled')
  const late = new AbortController()
  const inner = startDeadline(late.signal, 100)
  late.abort(new DOMException('', 'TimeoutError'))
  expect(inner.reason()).toBe('deadline')
})

it('is over at once where the caller has left already', () => {
  const deadline = startDeadline(AbortSignal.abort(), 100)
  expect(deadline.signal.aborted).toBe(true)
  expect(deadline.reason()).toBe('cancelled')
})

it('leaves no timer and no listener once it is cleared, and ends nothing any more', () => {
  const caller = new AbortController()
  const deadline = startDeadline(caller.signal, 100)
  expect(vi.getTimerCount()).toBe(1)
  expect(getEventListeners(caller.signal, 'abort')).toHaveLength(1)
  deadline.clear()
  expect(vi.getTimerCount()).toBe(0)
  expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0)
  caller.abort()
  expect(deadline.signal.aborted).toBe(false)
})
