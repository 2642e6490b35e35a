import { describe, expect, it } from 'vitest'
import { makeApproval } from '../../../support/terminal/approvals.ts'
import { openWatch } from '../../../support/terminal/driven-watch.ts'

const one = makeApproval({ id: 'one', askedAt: 1 })
const two = makeApproval({ id: 'two', askedAt: 2 })

describe('a request that goes away', () => {
  it('is said, and the next key only goes on', () => {
    const watch = openWatch([one, two])
    watch.press('b')
    watch.event({ kind: 'queue', approvals: [two], more: 0 })
    watch.read('a')
    expect(watch.state.mode.kind).toBe('gone')
    watch.press('a')
    expect(watch.decided()).toEqual([])
    expect(watch.state.shown?.approval.id).toBe('two')
    watch.press('a')
    expect(watch.decided()).toMatchObject([{ id: 'two' }])
  })

  it.each([
    [{ kind: 'already-decided', how: 'denied in the app' }, /denied in the app/],
    [{ kind: 'unknown' }, /no longer knows/],
  ] as const)('an answer that comes to nothing, %j, is said', (answered, why) => {
    const watch = openWatch([one, two])
    watch.press('a')
    watch.event({ kind: 'answered', id: 'one', answered })
    expect(watch.state.mode).toMatchObject({ kind: 'gone', why: expect.stringMatching(why) })
  })

  it('while our own answer is under way is no news', () => {
    const watch = openWatch([one])
    watch.press('a')
    watch.event({ kind: 'queue', approvals: [], more: 0 })
    expect(watch.state.mode.kind).toBe('sending')
    watch.event({ kind: 'answered', id: 'one', answered: { kind: 'done' } })
    expect(watch.state).toMatchObject({ shown: undefined, notice: 'Approved once.' })
  })

  it('when the broker goes while an answer is under way, nobody claims to know', () => {
    const watch = openWatch([one])
    watch.press('a')
    watch.event({ kind: 'link', link: 'down' })
    expect(watch.state.mode).toMatchObject({ kind: 'gone', why: expect.stringMatching(/not known/) })
  })

  it('whose text becomes another under the same id is gone', () => {
    const watch = openWatch([one])
    watch.event({ kind: 'queue', approvals: [makeApproval({ id: 'one' }, { text: 'other' })], more: 0 })
    expect(watch.state.mode.kind).toBe('gone')
  })

  it('after a decision the next one has its own wait', () => {
    const watch = openWatch([one, two])
    watch.press('a')
    watch.event({ kind: 'answered', id: 'one', answered: { kind: 'done' } })
    watch.draw()
    watch.read('a')
    expect(watch.decided()).toHaveLength(1)
  })
})

describe('deciding', () => {
  it.each([
    ['1c', 'session', 'channel'],
    ['2l', '1h', 'all'],
    ['3c', '8h', 'channel'],
    ['4l', 'always', 'all'],
  ])('g %s remembers for %s in %s', (keys, span, reach) => {
    const watch = openWatch([one])
    for (const key of `g${keys}`) watch.press(key)
    expect(watch.decided()).toEqual([{ kind: 'answer', id: 'one', answer: { kind: 'approve', span, reach } }])
  })

  it.each([{ wideMentions: ['all'] }, { channel: '@dddddddddddddddddddddddddd' }])(
    'what cannot be remembered, %j, is not offered to be',
    subject => {
      const watch = openWatch([makeApproval({}, subject)])
      watch.press('g')
      expect(watch.state.mode.kind).toBe('browse')
      expect(watch.state.notice).not.toBe('')
    },
  )

  it('r denies with the words that were typed, and a pasted return is no return', () => {
    const watch = openWatch([one])
    watch.press('r')
    watch.press('not now\r')
    expect(watch.decided()).toEqual([])
    watch.press('\x7f')
    watch.press('!')
    watch.press('\r')
    expect(watch.decided()).toMatchObject([{ answer: { kind: 'deny', reason: 'not now!' } }])
  })

  it.each(['r', 'g'])('%s and Escape decides nothing', key => {
    const watch = openWatch([one])
    watch.press(key)
    watch.press('\x1b')
    expect(watch.state.mode.kind).toBe('browse')
    expect(watch.decided()).toEqual([])
  })

  it('a changed text is shown first, asked about again, and sent as it was shown', () => {
    const watch = openWatch([one])
    watch.press('e')
    expect(watch.effects.at(-1)).toMatchObject({ kind: 'edit', text: 'Hello there' })
    watch.event({ kind: 'edited', id: 'one', edit: { kind: 'changed', text: 'Hello you' } })
    watch.read('a')
    expect(watch.decided()).toEqual([])
    watch.press('a')
    expect(watch.decided()).toMatchObject([{ answer: { kind: 'approve', text: 'Hello you' } }])
  })

  it.each([[{ kind: 'failed', why: 'the editor ended with code 1.' }], [{ kind: 'unchanged' }]] as const)(
    'an editor that ended with %j decides nothing',
    edit => {
      const watch = openWatch([one])
      watch.press('e')
      watch.event({ kind: 'edited', id: 'one', edit })
      expect(watch.decided()).toEqual([])
      expect(watch.state.shown?.draft).toBeUndefined()
    },
  )

  it('a request that went away in the editor takes the change with it', () => {
    const watch = openWatch([one, two])
    watch.press('e')
    watch.event({ kind: 'queue', approvals: [two], more: 0 })
    watch.event({ kind: 'edited', id: 'one', edit: { kind: 'changed', text: 'other' } })
    expect(watch.state.mode).toMatchObject({
      kind: 'gone',
      why: expect.stringMatching(/change was not sent/),
    })
  })

  it('u takes a change back', () => {
    const watch = openWatch([one])
    watch.press('e')
    watch.event({ kind: 'edited', id: 'one', edit: { kind: 'changed', text: 'Hello you' } })
    watch.press('u')
    watch.press('a')
    expect(watch.decided()).toEqual([
      { kind: 'answer', id: 'one', answer: { kind: 'approve', span: 'once', reach: 'channel' } },
    ])
  })

  it('the broker refusing a text leaves it open', () => {
    const watch = openWatch([one])
    watch.press('a')
    watch.event({ kind: 'answered', id: 'one', answered: { kind: 'invalid', why: 'too long' } })
    expect(watch.state).toMatchObject({ mode: { kind: 'browse' }, notice: expect.stringMatching(/too long/) })
  })

  it('is told to the broker as shown once, and only when it is drawn', () => {
    const watch = openWatch([two, one])
    expect(watch.effects).toEqual([{ kind: 'ring', waiting: 2 }])
    watch.draw()
    watch.draw()
    expect(watch.effects.slice(1)).toEqual([{ kind: 'shown', id: 'one' }])
  })
})

describe('a queue of which only the oldest are here', () => {
  const rings = (watch: ReturnType<typeof openWatch>) =>
    watch.effects.filter(({ kind }) => kind === 'ring').length

  it('counts all, and rings for what has come, not for what moves up', () => {
    const watch = openWatch([one])
    expect(rings(watch)).toBe(1)
    watch.event({ kind: 'queue', approvals: [one], more: 1 })
    expect(watch.effects.at(-1)).toEqual({ kind: 'ring', waiting: 2 })
    watch.event({ kind: 'queue', approvals: [two], more: 0 })
    expect(rings(watch)).toBe(2)
    watch.event({ kind: 'queue', approvals: [two], more: 998 })
    expect(watch.effects.at(-1)).toEqual({ kind: 'ring', waiting: 999 })
  })
})
