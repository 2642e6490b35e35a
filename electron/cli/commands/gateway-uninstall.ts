import { openClients } from '../../clients/clients.ts'
import { cliSystem } from '../client-settings/cli-system.ts'
import { CHANGE_FLAGS, readInstallFlags } from '../client-settings/install-flags.ts'
import { planRows } from '../client-settings/plan-rows.ts'
import { EXIT } from '../exit-codes.ts'
import { uninstallEntry } from '../reference/entries/connect.ts'
import { helpText } from '../reference/help-text.ts'
import { integrationIds } from '../static-answers.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { fail, failUsage, printJson, printRows } from '../terminal/print.ts'
import { row } from '../terminal/rows.ts'

/** `kosmo mcp:gateway:uninstall`: takes our entry out of a client's settings. Gives the exit code. */
export async function gatewayUninstallCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  const flags = readInstallFlags(args, CHANGE_FLAGS, integrationIds)
  if (flags.kind === 'usage-error') {
    return failUsage(io, 'mcp:gateway:uninstall', flags.message, args)
  }
  if (flags.kind === 'help') {
    io.out(helpText(uninstallEntry))
    return EXIT.ok
  }
  const { client, scope, name, on } = flags
  const json = on('json')
  const clients = openClients(cliSystem(io))
  const planned = clients.planUninstall({ client, scope, name, force: on('force') })
  if (planned.kind === 'refused') return fail(io, 'failure', planned.message, json)
  const about = { success: true, server: planned.name, path: planned.path }
  if (planned.kind === 'nothing') {
    if (json) printJson(io, { ...about, changed: false })
    else io.out(planned.message)
    return EXIT.ok
  }
  if (!json) printRows(io, planRows(planned))
  for (const warning of planned.warnings) if (!json) io.err(`kosmo: ${warning}`)
  if (on('dry-run')) {
    if (json) printJson(io, { ...about, changed: false, dry_run: true, lines: planned.lines })
    else io.out('Nothing was written.')
    return EXIT.ok
  }
  const applied = await clients.apply(planned)
  if (applied.kind === 'refused') return fail(io, 'failure', applied.message, json)
  if (applied.kind === 'rolled-back') return fail(io, 'failure', applied.why, json)
  const { backup } = applied
  if (json) printJson(io, { ...about, changed: true, backup: backup ?? null, warnings: planned.warnings })
  else {
    const copy = backup === undefined ? [] : [row(`Copy of the file as it was: ${backup}`, 'dim')]
    printRows(io, [
      row(''),
      row(`${planned.clientName} is not connected any more. ${applied.verified}`, 'strong'),
      ...copy,
    ])
  }
  return EXIT.ok
}
