import { planCommand } from '../../install/plan-command.ts'
import { runByEntry } from '../integrations/tell.ts'
import { shellInstallEntry } from '../reference/entries/system.ts'
import { cliInstallSystem } from '../system/cli-install-system.ts'
import { runPlan } from '../system/run-plan.ts'
import { type CliIo, processIo } from '../terminal/io.ts'

/** `kosmo shell:install`: puts the command on the person's PATH. Gives the exit code. */
export function shellInstallCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  return runByEntry({ entry: shellInstallEntry, words: 0, args, io }, async ({ on }) => {
    const system = cliInstallSystem(io)
    const plan = await planCommand(system, on('profile'))
    const done = 'kosmo is in its place. Undo: kosmo shell:uninstall'
    return runPlan(plan, { json: on('json'), dryRun: on('dry-run'), done }, system, io)
  })
}
