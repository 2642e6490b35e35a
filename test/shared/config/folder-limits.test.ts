import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitsUnknown, readFolderLimits, strictestLimits } from '../../../shared/config/folder-limits.ts'
import { effectiveWrite, type PolicyInputs } from '../../../shared/policy/effective-policy.ts'
import { WRITE_POLICIES, type WritePolicy } from '../../../shared/policy/write-policy.ts'

const read = (mattermost: unknown, more: object = {}) =>
  readFolderLimits({ kosmo: { integrations: { mattermost, ...more } } }, ['mattermost'])
const limits = (mattermost: unknown, more?: object) => {
  const found = read(mattermost, more)
  return found.kind === 'limits' ? (found.limits.mattermost ?? null) : found.why
}

describe('what a file of a project takes away', () => {
  it.each([
    [{ permissions: { write: 'deny' } }, { write: 'deny' }],
    [{ permissions: { write: 'ask', read: 'allow' } }, { write: 'ask' }],
    [{ permissions: { write: 'allow', read: 'allow' }, enabled: true }, null],
    [{ permissions: { read: 'deny' } }, { read: 'deny' }],
    // Nobody is asked about reads.
    [{ permissions: { read: 'ask' } }, { read: 'deny' }],
    [
      { enabled: false, permissions: { write: 'allow' } },
      { read: 'deny', write: 'deny' },
    ],
    [{ enabled: 'off' }, { read: 'deny', write: 'deny' }],
    [{ enabled: 'on' }, null],
    [{}, null],
    [undefined, null],
    [null, null],
    ['nonsense', null],
  ])('%j', (mattermost, wanted) => {
    expect(limits(mattermost)).toEqual(wanted)
  })

  it('a default holds where nothing is said of the integration', () => {
    expect(limits(undefined, { permissions_default: 'deny' })).toEqual({ read: 'deny', write: 'deny' })
    expect(limits(undefined, { permissions_default: 'ask' })).toEqual({ write: 'ask' })
    expect(limits({ permissions: { write: 'ask' } }, { permissions_default: 'deny' })).toEqual({
      read: 'deny',
      write: 'ask',
    })
  })

  it.each([
    [{ permissions: { write: 'denied' } }, /permissions\.write takes allow, ask or deny/],
    [{ permissions: { write: true } }, /permissions\.write/],
    [{ permissions: { read: 'DENY' } }, /permissions\.read/],
    [{ enabled: 'no' }, /enabled takes true or false/],
  ])('a word that is not known is a fault: %j', (mattermost, why) => {
    expect(limits(mattermost)).toMatch(why)
  })

  it('row 21: whatever it says, less is let through and never more', () => {
    const word = fc.constantFrom(...WRITE_POLICIES)
    const inputs: fc.Arbitrary<PolicyInputs> = fc.record({
      ceiling: word,
      request: word,
      override: fc.option(word, { nil: undefined }),
      permission: fc.option(word, { nil: undefined }),
      solo: fc.boolean(),
    })
    const rank = (policy: WritePolicy) => WRITE_POLICIES.indexOf(policy)
    fc.assert(
      fc.property(inputs, fc.anything(), fc.option(word), (given, config, write) => {
        const said =
          write === null ? config : { kosmo: { integrations: { mattermost: { permissions: { write } } } } }
        const found = readFolderLimits(said, ['mattermost'])
        const all = found.kind === 'limits' ? found.limits : limitsUnknown(['mattermost'])
        const after = effectiveWrite({ ...given, folder: all.mattermost?.write })
        expect(rank(after)).toBeLessThanOrEqual(rank(effectiveWrite(given)))
        if (write !== null) expect(rank(after)).toBeLessThanOrEqual(rank(write))
      }),
    )
  })

  it('of several files the strictest word of each holds', () => {
    expect(
      strictestLimits([
        { mattermost: { write: 'ask' } },
        { mattermost: { read: 'deny' } },
        { mattermost: { write: 'deny' }, other: { write: 'ask' } },
      ]),
    ).toEqual({ mattermost: { read: 'deny', write: 'deny' }, other: { write: 'ask' } })
  })
})
