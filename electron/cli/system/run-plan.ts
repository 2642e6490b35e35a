import type { FileChange, OutsidePlan } from '../../../shared/install/outside-plan.ts'
import { visibleText } from '../../../shared/text/visible.ts'
import { planLines } from '../../clients/plan-lines.ts'
import { applyChanges } from '../../install/apply-changes.ts'
import type { InstallSystem } from '../../install/install-system.ts'
import { EXIT } from '../exit-codes.ts'
import { failure } from '../integrations/tell.ts'
import type { CliIo } from '../terminal/io.ts'
import { printJson, printRows } from '../terminal/print.ts'
import { type Row, row } from '../terminal/rows.ts'

export type PlanRun = { json: boolean; dryRun: boolean; done: string }

/** Shows a plan, makes it unless that was not wanted, and says what came of it. Gives the exit code. */
export async function runPlan(
  plan: OutsidePlan,
  { json, dryRun, done }: PlanRun,
  system: InstallSystem,
  io: CliIo,
): Promise<number> {
  if (plan.kind === 'refused') return failure(io, plan.why, json)
  const { notes } = plan
  if (plan.kind === 'nothing') {
    if (json) printJson(io, { success: true, changed: false, said: plan.said, notes })
    else printRows(io, [row(visibleText(plan.said)), ...noteRows(notes)])
    return EXIT.ok
  }
  const { changes, userPath } = plan
  if (!json) printRows(io, [...changes.flatMap(changeRows), ...pathRows(userPath)])
  if (!dryRun) await applyChanges(plan, system)
  if (json) {
    const files = changes.map(({ path, before, after }) => ({
      path,
      lines: planLines(before ?? '', after ?? ''),
    }))
    const what = { files, user_path: userPath ?? null, notes }
    printJson(io, { success: true, changed: !dryRun, ...(dryRun && { dry_run: true }), ...what })
    return EXIT.ok
  }
  const end = dryRun ? row('Nothing was written.') : row(done, 'strong')
  printRows(io, [row(''), end, ...noteRows(notes)])
  return EXIT.ok
}

/** A file, and exactly the lines that go and come. */
export function changeRows({ path, before, after }: FileChange): Row[] {
  const what = before === undefined ? ' (new)' : after === undefined ? ' (is removed)' : ''
  return [
    row(`${visibleText(path)}${what}`, 'strong'),
    ...planLines(before ?? '', after ?? '').map(({ sign, text }) =>
      row(`${sign} ${visibleText(text)}`.trimEnd(), sign === '-' ? 'warn' : 'plain'),
    ),
  ]
}

/** They name paths, which come from the environment. */
function noteRows(notes: readonly string[]): Row[] {
  return notes.map(note => row(visibleText(note), 'warn'))
}

function pathRows(userPath: { before: string; after: string } | undefined): Row[] {
  if (userPath === undefined) return []
  return [
    row('PATH of your user account', 'strong'),
    row(`- ${visibleText(userPath.before)}`, 'warn'),
    row(`+ ${visibleText(userPath.after)}`),
  ]
}
