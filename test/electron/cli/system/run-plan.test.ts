import { expect, it } from 'vitest'
import { runPlan } from '../../../../electron/cli/system/run-plan.ts'
import { processIo } from '../../../../electron/cli/terminal/io.ts'
import type { OutsidePlan } from '../../../../shared/install/outside-plan.ts'

/** A path that would have a terminal wipe its screen and hide what follows. */
const HOSTILE = '/home/\u001b[2J\u001b[8m\u202eada'

const change = { title: 'Command', path: HOSTILE, before: undefined, after: HOSTILE, mode: 0o755 }
const plans: OutsidePlan[] = [
  { kind: 'refused', why: `${HOSTILE} is there.` },
  { kind: 'nothing', said: `${HOSTILE} is there.`, notes: [`${HOSTILE} is found first.`] },
  {
    kind: 'plan',
    changes: [change],
    userPath: { before: HOSTILE, after: '' },
    notes: [`${HOSTILE} is found first.`],
  },
]

it.each(plans)('$kind: whatever a path holds, the terminal obeys none of it and shows it', async plan => {
  const printed: string[] = []
  const print = (text: string) => void printed.push(text)
  const io = { ...processIo(), out: print, err: print, variables: { NO_COLOR: '1' } }
  const system = {
    platform: 'linux',
    userHome: '/home/ada',
    variables: {},
    uid: undefined,
    program: { node: '/node', script: '/kosmo.cjs' },
    userPath: undefined,
  } as const
  await runPlan(plan, { json: false, dryRun: true, done: 'done' }, system, io)
  const text = printed.join('\n')
  for (const hidden of ['\u001b', '\u202e']) expect(text).not.toContain(hidden)
  expect(text).toContain('/home/‹U+001B›[2J‹U+001B›[8m‹U+202E›ada is')
})
