import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeApproval } from '../../../support/terminal/approvals.ts'
import { openWatch } from '../../../support/terminal/driven-watch.ts'

const one = makeApproval({ id: 'one', askedAt: 1 })
const two = makeApproval({ id: 'two', askedAt: 2 })
const long = makeApproval({}, { text: Array.from({ length: 200 }, (_, at) => `line ${at}`).join('\n') })

describe('keys count only once a request was on the screen for a while', () => {
  it.each(['a', 'd', 'g', 'r', 'e', 'x', 'q', ' '])('%j before it is drawn does nothing', key => {
    const watch = openWatch([one])
    watch.wait(10_000)
    watch.read(key)
    expect(watch.effects.filter(({ kind }) => kind !== 'ring')).toEqual([])
    expect(watch.state.mode.kind).toBe('browse')
  })

  it.each([
    [349, 0],
    [350, 1],
  ])('after %i ms an a decides %i requests', (milliseconds, decisions) => {
    const watch = openWatch([one])
    watch.draw()
    watch.wait(milliseconds)
    watch.read('a')
    expect(watch.decided()).toHaveLength(decisions)
  })

  it('each absorbed key begins the wait anew, so a held key never decides', () => {
    const watch = openWatch([one])
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
    const watch = openWatch([one])
    watch.draw()
    watch.wait(349)
    watch.draw()
    watch.wait(1)
    watch.read('d')
    expect(watch.decided()).toHaveLength(1)
  })

  it('what is typed into the wrong window decides nothing: a key that means nothing absorbs those behind it', () => {
    const watch = openWatch([one])
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
      const watch = openWatch([one])
      watch.press(chunk)
      expect(watch.decided()).toEqual([])
    },
  )

  it('Ctrl-C leaves at any time', () => {
    const watch = openWatch([one])
    watch.read('xx\x03')
    expect(watch.effects.at(-1)).toEqual({ kind: 'quit', interrupted: true })
  })
})

describe('nobody approves what was not on the screen to its end', () => {
  it.each(['a', 'g'])('%j on the first page of a long text says so', key => {
    const watch = openWatch([long])
    watch.press(key)
    expect(watch.decided()).toEqual([])
    expect(watch.state.mode.kind).toBe('browse')
    expect(watch.state.notice).toMatch(/to the end/)
  })

  it('denying needs no reading', () => {
    const watch = openWatch([long])
    watch.press('d')
    expect(watch.decided()).toMatchObject([{ answer: { kind: 'deny' } }])
  })

  it('paging to the end lets it be approved', () => {
    const watch = openWatch([long])
    for (let page = 0; page < 10; page++) watch.press(' ')
    watch.press('a')
    expect(watch.decided()).toMatchObject([{ id: 'ap1', answer: { kind: 'approve', span: 'once' } }])
  })

  it('pages that were skipped before they were drawn were not read', () => {
    const watch = openWatch([long])
    watch.draw()
    watch.wait(1_000)
    for (let page = 0; page < 10; page++) watch.read(' ')
    watch.press('a')
    expect(watch.decided()).toEqual([])
  })

  it('in a window that is too small nothing is decided and nothing counts as shown', () => {
    const watch = openWatch([one], { columns: 30, rows: 8 })
    for (const key of ['a', 'd', ' ', 'g']) watch.press(key)
    expect(watch.effects.filter(({ kind }) => kind !== 'ring')).toEqual([])
    watch.event({ kind: 'resize', size: { columns: 100, rows: 40 } })
    watch.press('a')
    expect(watch.decided()).toHaveLength(1)
  })

  it('a smaller window begins the reading anew, and one who has read all has read all', () => {
    const unread = openWatch([long])
    unread.press(' ')
    unread.event({ kind: 'resize', size: { columns: 80, rows: 20 } })
    expect(unread.state.shown).toMatchObject({ top: 0, seenTo: 0 })
    const read = openWatch([one])
    read.draw()
    read.event({ kind: 'resize', size: { columns: 60, rows: 12 } })
    read.press('a')
    expect(read.decided()).toHaveLength(1)
  })
})

it('whatever is typed within the wait, and however it is cut into reads, decides nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ maxLength: 6 }), fc.nat(349))), typed => {
      const watch = openWatch([one, two])
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
