import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ApprovalsPlay, type Tally } from '../../../support/approvals/approvals-play.ts'
import { step } from '../../../support/approvals/approvals-step.ts'

it('posts only what a person said yes to, once, while the client is there; every question ends once', async () => {
  const tally: Tally = { posts: 0, edits: 0, forms: 0, attached: 0, lost: 0 }
  const steps = fc.array(step, { maxLength: 60, size: 'max' })
  await fc.assert(
    fc.asyncProperty(steps, steps => new ApprovalsPlay(tally).run(steps)),
    { numRuns: 10_000 },
  )
  // Not by luck: all of it came to pass.
  for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(20)
}, 120_000)
