import { describe, expect, it } from 'vitest'
import { type KeyPlace, type KeyPress, keyMeaning } from '../../../../renderer/approval/guard/key-meaning.ts'

function press(key: string, where: KeyPlace, more: Partial<KeyPress> = {}) {
  return keyMeaning({ key, where, isRepeat: false, hasCommand: false, isComposing: false, ...more })
}

describe('what a key means', () => {
  it.each([
    ['Enter', 'page', 'deny'],
    ['Enter', 'control', 'theirs'],
    [' ', 'control', 'theirs'],
    [' ', 'page', 'scroll'],
    ['Escape', 'page', 'later'],
    ['Escape', 'control', 'later'],
    ['Escape', 'text', 'later'],
    ['Escape', 'dialog', 'theirs'],
    ['Tab', 'control', 'theirs'],
    ['PageDown', 'control', 'scroll'],
    ['ArrowDown', 'page', 'scroll'],
    ['ArrowDown', 'choice', 'theirs'],
    ['ArrowDown', 'text', 'theirs'],
    ['End', 'control', 'scroll'],
    ['Shift', 'control', 'theirs'],
    ['F5', 'control', 'theirs'],
    ['a', 'text', 'theirs'],
    ['a', 'choice', 'theirs'],
    // Whoever types letters at a button types at something else.
    ['a', 'control', 'absorbed'],
    ['y', 'page', 'absorbed'],
    ['ü', 'control', 'absorbed'],
    ['a', 'dialog', 'absorbed'],
    [' ', 'dialog', 'theirs'],
  ] as const)('%j at a %s: %s', (key, where, meaning) => {
    expect(press(key, where)).toBe(meaning)
  })

  it.each(['control', 'page', 'dialog', 'choice'] as const)('held down at a %s it decides nothing', where => {
    expect(press('Enter', where, { isRepeat: true })).toBe('absorbed')
    expect(press(' ', where, { isRepeat: true })).toBe('absorbed')
  })

  it('in a text, a line break may be held down', () => {
    expect(press('Enter', 'text', { isRepeat: true })).toBe('theirs')
  })

  it.each(['Enter', 'a', 'Escape'])(
    '%s with a command key, or in a word being put together, is not ours',
    key => {
      expect(press(key, 'page', { hasCommand: true })).toBe('theirs')
      expect(press(key, 'page', { isComposing: true })).toBe('theirs')
    },
  )
})
