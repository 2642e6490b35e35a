import { describe, expect, it } from 'vitest'
import { findProfile, profileNames } from '../../../shared/config/profile.ts'

const NOTHING = { integrations: undefined, write: undefined, maxResultCharacters: undefined, warnings: [] }
const inPlace = (profiles: object) => ({ kosmo: { mcp_gateway: { profiles } } })
const find = (value: unknown) => findProfile(inPlace({ team: value }), 'team')

describe('row 45: a profile', () => {
  it.each([
    [{ integrations: { include: ['mattermost'] } }, { integrations: ['mattermost'] }],
    [{ integrations: ['a', ' b '] }, { integrations: ['a', 'b'] }],
    [{ integrations: 'a, b' }, { integrations: ['a', 'b'] }],
    [
      { write_policy: 'ask', max_result_chars: 2_000 },
      { write: 'ask', maxResultCharacters: 2_000 },
    ],
    [{}, {}],
  ])('%j', (value, wanted) => {
    expect(find(value)).toEqual({ kind: 'profile', profile: { ...NOTHING, ...wanted } })
  })

  it.each([
    [{ write_policy: 'alow' }, /write_policy takes/],
    [{ write_policy: true }, /write_policy takes/],
    [{ max_result_chars: 10 }, /max_result_chars takes/],
    [{ max_result_chars: '2000' }, /max_result_chars takes/],
    [{ integrations: [1] }, /integrations/],
    ['team', /no mapping/],
  ])('%j is a fault and never passed over', (value, why) => {
    expect(find(value)).toEqual({ kind: 'broken', why: expect.stringMatching(why) })
  })

  it('is found in every place of the original, the new one first', () => {
    const team = { write_policy: 'ask' }
    for (const config of [
      inPlace({ team }),
      { mcp_gateway: { profiles: { team } } },
      { kosmo: { mcp_proxy: { profiles: { team } } } },
      { mcp_proxy: { profiles: { team } } },
    ]) {
      expect(findProfile(config, 'team')).toMatchObject({ kind: 'profile', profile: { write: 'ask' } })
      expect(profileNames(config)).toEqual(['team'])
    }
    expect(findProfile(inPlace({ team }), 'constructor')).toEqual({ kind: 'missing' })
    for (const config of [null, 'x', [], { kosmo: null }]) {
      expect(findProfile(config, 'team')).toEqual({ kind: 'missing' })
    }
  })

  it('row 46: says that force lifts nothing, and that other servers are not served', () => {
    expect(find({ force: true, upstream_mcp: { include: ['x'] } })).toMatchObject({
      profile: { warnings: [/lifts nothing/, /not served here/].map(why => expect.stringMatching(why)) },
    })
  })
})
