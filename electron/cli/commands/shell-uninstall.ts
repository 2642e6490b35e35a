import { planNoCommand } from '../../install/plan-command.ts'
import { runByEntry } from '../integrations/tell.ts'
import { shellUninstallEntry } from '../reference/entries/system.ts'
import { cliInstallSystem } from '../system/cli-install-system.ts'
import { runPlan } from '../system/run-plan.ts'
import { type CliIo, processIo } from '../terminal/io.ts'

/** `kosmo shell:uninstall`: takes the command off the person's PATH. Gives the exit code. */
export function shellUninstallCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  return runByEntry({ entry: shellUninstallEntry, words: 0, args, io }, async ({ on }) => {
    const system = cliInstallSystem(io)
    const plan = await planNoCommand(system)
    const done = 'kosmo is not on your PATH any more.'
    return runPlan(plan, { json: on('json'), dryRun: on('dry-run'), done }, system, io)
  })
}
