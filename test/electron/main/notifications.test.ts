import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Notifications } from '../../../electron/main/notifications.ts'
import { makeApproval } from '../../support/terminal/approvals.ts'

/** Electron's, as far as it is used: what the system does with it is the test's to say. */
class FakeNotification extends EventEmitter {
  static isSupported = () => true
  static made: FakeNotification[] = []
  readonly options: { title: string; body: string; actions: { text: string }[] }
  isClosed = false

  constructor(options: FakeNotification['options']) {
    super()
    this.options = options
    FakeNotification.made.push(this)
  }

  show(): void {}

  close(): void {
    this.isClosed = true
    this.emit('close', {})
  }

  press(label: string): void {
    const actionIndex = this.options.actions.findIndex(({ text }) => text === label)
    this.emit('action', { actionIndex })
  }
}

vi.mock('electron', () => ({
  get Notification() {
    return FakeNotification
  },
}))

let done: string[]
let answered: unknown
const made = () => FakeNotification.made
const open = () =>
  new Notifications({
    platform: 'linux',
    surface: {
      answer: ({ id, answer }) => {
        done.push(`${answer.kind} ${id}`)
        return answered as { kind: 'done' }
      },
      reportShown: ({ ids }) => {
        done.push(`shown ${ids}`)
        return null
      },
    },
    hasSeveralAccounts: () => false,
    review: id => done.push(`review ${id}`),
    onFailed: id => done.push(`failed ${id}`),
  })

beforeEach(() => {
  done = []
  answered = { kind: 'done' }
  FakeNotification.made = []
  FakeNotification.isSupported = () => true
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A notification that is on the screen since then. */
function ring(since = 1_000, text = 'Hello there') {
  const notifications = open()
  notifications.ring(makeApproval({ id: 'a1' }, { text }))
  const [bell] = made()
  if (bell === undefined) throw new Error('nothing rang')
  bell.emit('show', {})
  vi.advanceTimersByTime(since)
  return { notifications, bell }
}

describe('a button', () => {
  it.each([
    ['Approve', ['shown a1', 'approve a1']],
    ['Deny', ['shown a1', 'deny a1']],
    ['Review', ['shown a1', 'review a1']],
  ])('%s', async (label, expected) => {
    const { bell } = ring()
    bell.press(label)
    await Promise.resolve()
    expect(done).toEqual(expected)
  })

  it('that is pressed as soon as it comes up approves nothing: it shows the window', async () => {
    const { bell } = ring(349)
    bell.press('Approve')
    await Promise.resolve()
    expect(done).toEqual(['shown a1', 'review a1'])
    vi.advanceTimersByTime(1)
    bell.press('Approve')
    await Promise.resolve()
    expect(done.at(-1)).toBe('approve a1')
  })

  it('that there is not leads to the window', () => {
    const { bell } = ring()
    bell.emit('action', { actionIndex: 7 })
    expect(done.at(-1)).toBe('review a1')
  })

  it.each([
    [
      { kind: 'already-decided', how: 'denied by person (terminal)' },
      'This request was denied by person (terminal).',
    ],
    [{ kind: 'unknown' }, 'This request is gone: its client gave up or left.'],
  ])('that came too late is told of: %o', async (answer, said) => {
    answered = answer
    const { bell } = ring()
    bell.press('Approve')
    await Promise.resolve()
    await Promise.resolve()
    expect(made().at(-1)?.options.body).toBe(said)
  })
})

it('closing decides nothing', () => {
  const { bell } = ring()
  bell.emit('close', { reason: 'userCanceled' })
  bell.emit('close', { reason: 'timedOut' })
  expect(done).toEqual(['shown a1'])
})

it('one that does not carry everything is not the request itself', () => {
  const { bell } = ring(1_000, 'word '.repeat(100))
  expect(done).toEqual([])
  expect(bell.options.actions.map(({ text }) => text)).toEqual(['Review', 'Deny'])
})

it('one that was never on the screen counts as nothing', () => {
  open().ring(makeApproval({ id: 'a1' }))
  expect(done).toEqual([])
})

it('goes with its request, and the one for many with the last', () => {
  const { notifications, bell } = ring()
  notifications.ring(makeApproval({ id: 'a2' }))
  notifications.ringForMany(5)
  const [, second, many] = made()
  notifications.settle(['a2'])
  expect([bell.isClosed, second?.isClosed, many?.isClosed]).toEqual([true, false, false])
  expect(notifications.isManyTold).toBe(true)
  notifications.settle([])
  expect([second?.isClosed, many?.isClosed, notifications.isManyTold]).toEqual([true, true, false])
})

it('where the system refuses, somebody else tells, and from then on there are none', () => {
  const { notifications, bell } = ring()
  bell.emit('failed', {}, 'not signed')
  expect(done.at(-1)).toBe('failed a1')
  expect(notifications.canNotify).toBe(false)
  expect(notifications.part).toMatchObject({ kind: 'missing', why: expect.stringMatching(/refused to show/) })
})

it('where there are none it says so', () => {
  FakeNotification.isSupported = () => false
  expect(open().canNotify).toBe(false)
  expect(open().part.kind).toBe('missing')
})
