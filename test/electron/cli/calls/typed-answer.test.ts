import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerOf } from '../../../../electron/cli/calls/typed-answer.ts'

const typed = (text: string, mayRepeat = false) => answerOf({ kind: 'line', text }, 'abcd', mayRepeat)
const ONCE = { kind: 'approve', span: 'once', reach: 'channel' }

describe('a line at the question of a call', () => {
  it.each(['abcd', ' ABCD ', 'abcd\t'])('the code posts once: %j', text => {
    expect(typed(text)).toEqual(ONCE)
    expect(typed(text, true)).toEqual(ONCE)
  })

  it('with "all" it lets the rest of a run through, where there is a rest', () => {
    expect(typed('abcd all', true)).toEqual({ kind: 'approve', span: 'session', reach: 'channel' })
    expect(typed('abcd all')).toEqual({ kind: 'deny' })
    expect(typed('abcd always', true)).toEqual({ kind: 'deny' })
  })

  it('nothing else says yes', () => {
    expect(answerOf({ kind: 'escape' }, 'abcd', true)).toEqual({ kind: 'deny' })
    expect(answerOf({ kind: 'interrupt' }, 'abcd', true)).toEqual({ kind: 'deny' })
    for (const text of ['y', 'yes', '', ' ', 'abc', 'abcde', 'all', 'ok', 'approve']) {
      expect(typed(text, true)).toEqual({ kind: 'deny' })
    }
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, mayRepeat) => {
        fc.pre(text.trim().split(/\s+/)[0]?.toLowerCase() !== 'abcd')
        expect(typed(text, mayRepeat)).toEqual({ kind: 'deny' })
      }),
    )
  })
})
