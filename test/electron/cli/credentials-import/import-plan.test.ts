import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planPermissions } from '../../../../electron/cli/credentials-import/import-plan.ts'
import { WRITE_POLICIES } from '../../../../shared/policy/write-policy.ts'

const permission = fc.constantFrom('allow', 'ask', 'deny', undefined)
const original = fc.record({
  enabled: fc.constantFrom(true, false, undefined),
  read: permission,
  write: permission,
})
const ours = fc.option(
  fc.record({
    enabled: fc.boolean(),
    read: fc.constantFrom('allow' as const, 'deny' as const),
    write: fc.constantFrom(...WRITE_POLICIES),
    accounts: fc.constant({}),
  }),
  { nil: undefined },
)
const rank = (policy: 'deny' | 'ask' | 'allow') => WRITE_POLICIES.indexOf(policy)

describe('permissions of an import', () => {
  it('are never looser than what is set here, and never looser than what the original said', () => {
    fc.assert(
      fc.property(original, ours, (theirs, mine) => {
        const { enabled, read, write } = planPermissions(theirs, mine)
        if (mine !== undefined) {
          expect(enabled && !mine.enabled).toBe(false)
          expect(rank(read)).toBeLessThanOrEqual(rank(mine.read))
          expect(rank(write)).toBeLessThanOrEqual(rank(mine.write))
        }
        if (theirs.enabled === false) expect(enabled).toBe(false)
        if (theirs.read !== undefined && theirs.read !== 'allow') expect(read).toBe('deny')
        expect(rank(write)).toBeLessThanOrEqual(rank(theirs.write ?? 'ask'))
      }),
    )
  })

  it('are those of a new account where nobody said anything', () => {
    const nothing = { enabled: undefined, read: undefined, write: undefined }
    expect(planPermissions(nothing, undefined)).toEqual({
      enabled: true,
      read: 'allow',
      write: 'ask',
      notes: [],
    })
  })

  it('reads that were to be asked about are refused, and how to allow them is said', () => {
    const asked = { enabled: true, read: 'ask' as const, write: 'allow' as const }
    expect(planPermissions(asked, undefined)).toEqual({
      enabled: true,
      read: 'deny',
      write: 'allow',
      notes: [expect.stringMatching(/--read=allow$/)],
    })
  })
})
