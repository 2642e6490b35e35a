import { expect, it } from 'vitest'
import { makeCode, typeKeys } from '../../../../electron/cli/terminal/ask.ts'
import { readKeys } from '../../../../electron/cli/terminal/keys.ts'

const open = { text: '', quietUntil: 1_350 }

it.each([
  ['typed ahead', 'abcd\r', 1_000, { kind: 'typing', typing: { text: '', quietUntil: 1_350 } }],
  ['within the wait', 'y\r', 1_349, { kind: 'typing', typing: { text: '', quietUntil: 1_699 } }],
  ['after it', 'abcd\r', 1_350, { kind: 'line', text: 'abcd' }],
  ['mended', 'abx\x7fc\r', 2_000, { kind: 'line', text: 'abc' }],
  ['begun anew', 'abx\x15c\r', 2_000, { kind: 'line', text: 'c' }],
  ['Escape', 'ab\x1b', 2_000, { kind: 'escape' }],
  ['Ctrl-C at once', '\x03', 1_000, { kind: 'interrupt' }],
])('%s', (_, chunk, at, typed) => {
  expect(typeKeys(open, readKeys(chunk), at)).toEqual(typed)
})

it('a code is four letters of the given chance', () => {
  let next = 0
  expect(makeCode(() => next++)).toBe('abcd')
})

it.each([
  ['a', [{ kind: 'letter', letter: 'a' }]],
  ['\x1b[5~\x1b[A', [{ kind: 'page-up' }, { kind: 'up' }]],
  ['\x1b', [{ kind: 'escape' }]],
  ['\x1b[200~d\x1b[201~', [{ kind: 'other' }, { kind: 'letter', letter: 'd' }, { kind: 'other' }]],
  ['\x1b]11;rgb:0/0/0\x07', [{ kind: 'other' }, expect.anything()]],
  ['\x04', [{ kind: 'other' }]],
  [
    'é漢',
    [
      { kind: 'letter', letter: 'é' },
      { kind: 'letter', letter: '漢' },
    ],
  ],
])('the terminal’s %j', (chunk, keys) => {
  expect(readKeys(chunk).slice(0, keys.length)).toEqual(keys)
})
