import { describe, expect, it } from 'vitest'
import { movePlaces } from '../../../../renderer/settings/shell/place.ts'
import { readSection, sectionByKey } from '../../../../renderer/settings/shell/sections.ts'

describe('where the window is', () => {
  it('begins where it should, unless somebody was faster', () => {
    const gone = movePlaces(undefined, { kind: 'go', place: 'activity', wantsFocus: true })
    expect(movePlaces(gone, { kind: 'begin', place: 'overview' })).toBe(gone)
    expect(movePlaces(undefined, { kind: 'begin', place: 'setup' })).toEqual({
      current: 'setup',
      visited: ['setup'],
      wantsFocus: false,
    })
  })

  it('keeps what was visited, in order, and forgets the set-up when that is over', () => {
    const begun = movePlaces(undefined, { kind: 'begin', place: 'setup' })
    const gone = movePlaces(begun, { kind: 'go', place: 'scope', wantsFocus: false })
    expect(movePlaces(gone, { kind: 'go', place: 'setup', wantsFocus: false })?.visited).toEqual([
      'setup',
      'scope',
    ])
    expect(movePlaces(gone, { kind: 'end-setup' })).toEqual({
      current: 'overview',
      visited: ['scope', 'overview'],
      wantsFocus: true,
    })
  })

  it('is walked through in a circle, and to both ends', () => {
    expect(sectionByKey('ArrowDown', 'about')).toBe('overview')
    expect(sectionByKey('ArrowUp', 'overview')).toBe('about')
    expect(sectionByKey('Home', 'scope')).toBe('overview')
    expect(sectionByKey('End', 'scope')).toBe('about')
    expect(sectionByKey('a', 'scope')).toBeUndefined()
    expect(readSection('scope')).toBe('scope')
    expect(readSection('constructor')).toBeUndefined()
  })
})
