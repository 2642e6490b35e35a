import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterPlaces } from '../../../../renderer/settings/scope/filter-places.ts'
import { refuseScope } from '../../../../renderer/settings/scope/refuse-scope.ts'
import {
  isTicked,
  isWholeTeam,
  type ListedChannel,
  otherWords,
  scopeWords,
  withChannel,
  withTeam,
} from '../../../../renderer/settings/scope/scope-choice.ts'
import { PLACES } from '../../../support/renderer/example-accounts.ts'

const CHANNELS: ListedChannel[] = PLACES.flatMap(({ team, channels }) =>
  channels.map(({ channel }) => ({ team, channel })),
)
const word = fc.constantFrom(
  'eng',
  'eng/*',
  'ops/~*',
  'eng/incidents',
  'OPS/alerts',
  '*/alerts',
  'e*/town-*',
  '@bob',
  '@*',
  'other/place',
  'abcdefghijklmnopqrstuvwxyz',
)
const text = fc.array(word, { maxLength: 6 }).map(words => words.join(', '))
const channel = fc.constantFrom(...CHANNELS)

describe('a scope that is ticked', () => {
  it('changes for the channel that was ticked, and for no other of the list', () => {
    fc.assert(
      fc.property(text, channel, fc.boolean(), (before, ticked, isWanted) => {
        const after = withChannel(before, ticked, isWanted, PLACES)
        expect(isTicked(after, ticked)).toBe(isWanted)
        for (const each of CHANNELS) {
          if (each !== ticked) expect(isTicked(after, each)).toBe(isTicked(before, each))
        }
      }),
    )
  })

  it('changes for the team that was ticked, and for no channel of another one', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('eng', 'ops'), fc.boolean(), (before, team, isWanted) => {
        const after = withTeam(before, team, isWanted, PLACES)
        expect(isWholeTeam(after, team)).toBe(isWanted)
        for (const each of CHANNELS) {
          expect(isTicked(after, each)).toBe(each.team === team ? isWanted : isTicked(before, each))
        }
      }),
    )
  })

  it('keeps what the list cannot show: people, ids, places elsewhere', () => {
    fc.assert(
      fc.property(text, channel, fc.boolean(), (before, ticked, isWanted) => {
        const after = withTeam(withChannel(before, ticked, isWanted, PLACES), 'eng', isWanted, PLACES)
        expect(scopeWords(after)).toEqual(expect.arrayContaining(otherWords(before, PLACES)))
      }),
    )
  })

  it('is written as people write it', () => {
    expect(withChannel('', { team: 'eng', channel: 'incidents' }, true, PLACES)).toBe('eng/incidents')
    expect(withChannel('ops/*, @bob', { team: 'ops', channel: 'alerts' }, false, PLACES)).toBe(
      '@bob, ops/on-call',
    )
    expect(withTeam('eng/incidents @bob', 'eng', true, PLACES)).toBe('@bob, eng/*')
    expect(otherWords('eng, ops/alerts, @bob, elsewhere/x', PLACES)).toEqual(['@bob', 'elsewhere/x'])
  })
})

describe('a scope that is refused', () => {
  it.each([
    ['', /Nothing is chosen yet/],
    [' ,, ', /Nothing is chosen yet/],
    ['eng/a/b', /cannot be used: "eng\/a\/b" is none of/],
  ])('%j', (given, why) => {
    expect(refuseScope(given)).toMatch(why)
  })

  it('is none that can be used', () => {
    expect(refuseScope('eng/*, ops/alerts @bob')).toBeUndefined()
  })
})

describe('teams and channels that are looked for', () => {
  it('are found by name or title; a team that is found has all its channels', () => {
    const names = (wanted: string) =>
      filterPlaces(PLACES, wanted).map(({ team, channels }) => [team, channels.map(each => each.channel)])
    expect(names('~ALERT')).toEqual([['ops', ['alerts']]])
    expect(names('oper')).toEqual([['ops', ['alerts', 'on-call']]])
    expect(names('train')).toEqual([['eng', ['release-train']]])
    expect(names('')).toHaveLength(2)
    expect(names('nowhere')).toEqual([])
  })
})
