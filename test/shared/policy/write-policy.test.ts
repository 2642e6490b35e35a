import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseWritePolicy, WRITE_POLICIES } from '../../../shared/policy/write-policy.ts'

it('the policies stand strictest first', () => {
  expect(WRITE_POLICIES).toEqual(['deny', 'ask', 'allow'])
})

it('only the three words are policies, exactly as they are written', () => {
  const odd = fc.constantFrom(
    '',
    'Allow',
    'ALLOW',
    ' allow',
    'allow\n',
    'allowed',
    'true',
    '0',
    '__proto__',
    'constructor',
  )
  fc.assert(
    fc.property(fc.oneof(fc.string(), odd), word => {
      expect(parseWritePolicy(word)).toBe(['deny', 'ask', 'allow'].includes(word) ? word : undefined)
    }),
  )
  for (const policy of WRITE_POLICIES) expect(parseWritePolicy(policy)).toBe(policy)
})
