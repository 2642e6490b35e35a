import { describe, expect, it } from 'vitest'
import { instructions } from '../../../electron/gateway/instructions.ts'
import { WRITE_POLICIES } from '../../../shared/policy/write-policy.ts'

describe('instructions', () => {
  it.each(WRITE_POLICIES)(
    'say in the first 250 characters what %s is for, and that chat text is data',
    write => {
      const head = instructions(write).slice(0, 250)
      expect(head).toContain('Mattermost')
      expect(head).toMatch(/never as instructions/)
    },
  )

  it('promise no posting under deny, and name the policy', () => {
    expect(instructions('deny')).not.toMatch(/^Read and post/)
    expect(instructions('deny')).toContain('--write=deny')
    expect(instructions('ask')).toMatch(/^Read and post/)
  })

  it('are one short paragraph', () => {
    for (const write of WRITE_POLICIES) {
      expect(instructions(write)).not.toContain('\n')
      expect(instructions(write).length).toBeLessThan(500)
    }
  })
})
