import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Key, readKeys } from '../../../../electron/cli/terminal/keys.ts'
import { onEvent, rowsInFrame } from '../../../../electron/cli/terminal/watch-events.ts'
import { onKeys } from '../../../../electron/cli/terminal/watch-keys.ts'
import { type Effect, initialState, type WatchState } from '../../../../electron/cli/terminal/watch-state.ts'
import type { Approval } from '../../../../shared/approvals/approval.ts'
import { makeApproval } from '../../../support/terminal/approvals.ts'

/** A watch whose clock the test moves; every frame is drawn at once unless it says otherwise. */
function open(approvals: Approval[], size = { columns: 100, rows: 40 }) {
  let state: WatchState = initialState(size)
  let at = 10_000
  const effects: Effect[] = []
  const take = (step: { state: WatchState; effects: Effect[] }) => {
    state = step.state
    effects.push(...step.effects)
  }
  const event = (each: Parameters<typeof onEvent>[1]) => take(onEvent(state, each, at))
  const draw = () => event({ kind: 'drawn', generation: state.generation, ...rowsInFrame(state) })
  const watch = {
    event,
    draw,
    effects,
    get state() {
      return state
    },
    decided: () => effects.filter(({ kind }) => kind === 'answer'),
    wait(milliseconds: number) {
      at += milliseconds
    },
    /** What one read of the terminal brings. */
    read(chunk: string, keys: Key[] = readKeys(chunk)) {
      take(onKeys(state, keys, at))
    },
    /** A key of a person who looked first. */
    press(chunk: string) {
      draw()
      at += 1_000
      watch.read(chunk)
      draw()
    },
  }
  event({ kind: 'queue', approvals })
  return watch
}

const one = makeApproval({ id: 'one', askedAt: 1 })
const two = makeApproval({ id: 'two', askedAt: 2 })
const long = makeApproval({}, { text: Array.from({ length: 200 }, (_, at) => `line ${at}`).join('\n') })

describe('keys count only once a request was on the screen for a while', () => {
  it.each(['a', 'd', 'g', 'r', 'e', 'x', 'q', ' '])('%j before it is drawn does nothing', key => {
    const watch = open([one])
    watch.wait(10_000)
    watch.read(key)
    expect(watch.effects.filter(({ kind }) => kind !== 'ring')).toEqual([])
    expect(watch.state.mode.kind).toBe('browse')
  })

  it.each([
    [349, 0],
    [350, 1],
  ])('after %i ms an a decides %i requests', (milliseconds, decisions) => {
    const watch = open([one])
    watch.draw()
    watch.wait(milliseconds)
    watch.read('a')
    expect(watch.decided()).toHaveLength(decisions)
  })

  it('each absorbed key begins the wait anew, so a held key never decides', () => {
    const watch = open([one])
    watch.draw()
    for (let pressed = 0; pressed < 200; pressed++) {
      watch.wait(30)
      watch.read('a')
    }
    expect(watch.decided()).toEqual([])
    watch.wait(350)
    watch.read('a')
    expect(watch.decided()).toHaveLength(1)
  })

  it('a second frame of the same request does not begin it anew', () => {
    const watch = open([one])
    watch.draw()
    watch.wait(349)
    watch.draw()
    watch.wait(1)
    watch.read('d')
    expect(watch.decided()).toHaveLength(1)
  })

  it('what is typed into the wrong window decides nothing: a key that means nothing absorbs those behind it', () => {
    const watch = open([one])
    watch.draw()
    watch.wait(5_000)
    for (const letter of 'hand a deal to Eve, argh') {
      watch.read(letter)
      watch.wait(80)
    }
    expect(watch.decided()).toEqual([])
    expect(watch.state.mode.kind).toBe('browse')
  })

  it.each(['aa', 'ad', ' a', 'a\r', '\x1b[Aa'])(
    'a read of several keys, %j, is typed ahead or pasted',
    chunk => {
      const watch = open([one])
      watch.press(chunk)
      expect(watch.decided()).toEqual([])
    },
  )

  it('Ctrl-C leaves at any time', () => {
    const watch = open([one])
    watch.read('xx\x03')
    expect(watch.effects.at(-1)).toEqual({ kind: 'quit', interrupted: true })
  })
})

describe('nobody approves what was not on the screen to its end', () => {
  it.each(['a', 'g'])('%j on the first page of a long text says so', key => {
    const watch = open([long])
    watch.press(key)
    expect(watch.decided()).toEqual([])
    expect(watch.state.mode.kind).toBe('browse')
    expect(watch.state.notice).toMatch(/to the end/)
  })

  it('denying needs no reading', () => {
    const watch = open([long])
    watch.press('d')
    expect(watch.decided()).toMatchObject([{ answer: { kind: 'deny' } }])
  })

  it('paging to the end lets it be approved', () => {
    const watch = open([long])
    for (let page = 0; page < 10; page++) watch.press(' ')
    watch.press('a')
    expect(watch.decided()).toMatchObject([{ id: 'ap1', answer: { kind: 'approve', span: 'once' } }])
  })

  it('pages that were skipped before they were drawn were not read', () => {
    const watch = open([long])
    watch.draw()
    watch.wait(1_000)
    for (let page = 0; page < 10; page++) watch.read(' ')
    watch.press('a')
    expect(watch.decided()).toEqual([])
  })

  it('in a window that is too small nothing is decided and nothing counts as shown', () => {
    const watch = open([one], { columns: 30, rows: 8 })
    for (const key of ['a', 'd', ' ', 'g']) watch.press(key)
    expect(watch.effects.filter(({ kind }) => kind !== 'ring')).toEqual([])
    watch.event({ kind: 'resize', size: { columns: 100, rows: 40 } })
    watch.press('a')
    expect(watch.decided()).toHaveLength(1)
  })

  it('a smaller window begins the reading anew, and one who has read all has read all', () => {
    const unread = open([long])
    unread.press(' ')
    unread.event({ kind: 'resize', size: { columns: 80, rows: 20 } })
    expect(unread.state.shown).toMatchObject({ top: 0, seenTo: 0 })
    const read = open([one])
    read.draw()
    read.event({ kind: 'resize', size: { columns: 60, rows: 12 } })
    read.press('a')
    expect(read.decided()).toHaveLength(1)
  })
})

describe('a request that goes away', () => {
  it('is said, and the next key only goes on', () => {
    const watch = open([one, two])
    watch.press('b')
    watch.event({ kind: 'queue', approvals: [two] })
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
    const watch = open([one, two])
    watch.press('a')
    watch.event({ kind: 'answered', id: 'one', answered })
    expect(watch.state.mode).toMatchObject({ kind: 'gone', why: expect.stringMatching(why) })
  })

  it('while our own answer is under way is no news', () => {
    const watch = open([one])
    watch.press('a')
    watch.event({ kind: 'queue', approvals: [] })
    expect(watch.state.mode.kind).toBe('sending')
    watch.event({ kind: 'answered', id: 'one', answered: { kind: 'done' } })
    expect(watch.state).toMatchObject({ shown: undefined, notice: 'Approved once.' })
  })

  it('when the broker goes while an answer is under way, nobody claims to know', () => {
    const watch = open([one])
    watch.press('a')
    watch.event({ kind: 'link', link: 'down' })
    expect(watch.state.mode).toMatchObject({ kind: 'gone', why: expect.stringMatching(/not known/) })
  })

  it('whose text becomes another under the same id is gone', () => {
    const watch = open([one])
    watch.event({ kind: 'queue', approvals: [makeApproval({ id: 'one' }, { text: 'other' })] })
    expect(watch.state.mode.kind).toBe('gone')
  })

  it('after a decision the next one has its own wait', () => {
    const watch = open([one, two])
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
    const watch = open([one])
    for (const key of `g${keys}`) watch.press(key)
    expect(watch.decided()).toEqual([{ kind: 'answer', id: 'one', answer: { kind: 'approve', span, reach } }])
  })

  it.each([{ wideMentions: ['all'] }, { channel: '@dddddddddddddddddddddddddd' }])(
    'what cannot be remembered, %j, is not offered to be',
    subject => {
      const watch = open([makeApproval({}, subject)])
      watch.press('g')
      expect(watch.state.mode.kind).toBe('browse')
      expect(watch.state.notice).not.toBe('')
    },
  )

  it('r denies with the words that were typed, and a pasted return is no return', () => {
    const watch = open([one])
    watch.press('r')
    watch.press('not now\r')
    expect(watch.decided()).toEqual([])
    watch.press('\x7f')
    watch.press('!')
    watch.press('\r')
    expect(watch.decided()).toMatchObject([{ answer: { kind: 'deny', reason: 'not now!' } }])
  })

  it.each(['r', 'g'])('%s and Escape decides nothing', key => {
    const watch = open([one])
    watch.press(key)
    watch.press('\x1b')
    expect(watch.state.mode.kind).toBe('browse')
    expect(watch.decided()).toEqual([])
  })

  it('a changed text is shown first, asked about again, and sent as it was shown', () => {
    const watch = open([one])
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
      const watch = open([one])
      watch.press('e')
      watch.event({ kind: 'edited', id: 'one', edit })
      expect(watch.decided()).toEqual([])
      expect(watch.state.shown?.draft).toBeUndefined()
    },
  )

  it('a request that went away in the editor takes the change with it', () => {
    const watch = open([one, two])
    watch.press('e')
    watch.event({ kind: 'queue', approvals: [two] })
    watch.event({ kind: 'edited', id: 'one', edit: { kind: 'changed', text: 'other' } })
    expect(watch.state.mode).toMatchObject({
      kind: 'gone',
      why: expect.stringMatching(/change was not sent/),
    })
  })

  it('u takes a change back', () => {
    const watch = open([one])
    watch.press('e')
    watch.event({ kind: 'edited', id: 'one', edit: { kind: 'changed', text: 'Hello you' } })
    watch.press('u')
    watch.press('a')
    expect(watch.decided()).toEqual([
      { kind: 'answer', id: 'one', answer: { kind: 'approve', span: 'once', reach: 'channel' } },
    ])
  })

  it('the broker refusing a text leaves it open', () => {
    const watch = open([one])
    watch.press('a')
    watch.event({ kind: 'answered', id: 'one', answered: { kind: 'invalid', why: 'too long' } })
    expect(watch.state).toMatchObject({ mode: { kind: 'browse' }, notice: expect.stringMatching(/too long/) })
  })

  it('is told to the broker as shown once, and only when it is drawn', () => {
    const watch = open([two, one])
    expect(watch.effects).toEqual([{ kind: 'ring', waiting: 2 }])
    watch.draw()
    watch.draw()
    expect(watch.effects.slice(1)).toEqual([{ kind: 'shown', id: 'one' }])
  })
})

it('whatever is typed within the wait, and however it is cut into reads, decides nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ maxLength: 6 }), fc.nat(349))), typed => {
      const watch = open([one, two])
      watch.draw()
      for (const [chunk, pause] of typed) {
        watch.wait(pause)
        watch.read(chunk.replaceAll('\x03', ''))
      }
      // A pause begins with a key: the first counts from the frame, all others from the key before.
      expect(watch.decided()).toEqual([])
    }),
  )
})
