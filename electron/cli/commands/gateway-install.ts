import type { Planned } from '../../../shared/clients/plan.ts'
import { commonEntry } from '../../../shared/clients/server-entry.ts'
import { serverCommand } from '../../clients/client-entry.ts'
import { openClients } from '../../clients/clients.ts'
import { codexToml } from '../../clients/codex/codex-toml.ts'
import { cliSystem } from '../client-settings/cli-system.ts'
import { CHANGE_FLAGS, type InstallFlags, readInstallFlags } from '../client-settings/install-flags.ts'
import { planRows } from '../client-settings/plan-rows.ts'
import { EXIT } from '../exit-codes.ts'
import { installEntry } from '../reference/entries/connect.ts'
import { helpText } from '../reference/help-text.ts'
import { integrationIds } from '../static-answers.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { fail, failUsage, printJson, printRows } from '../terminal/print.ts'
import { row } from '../terminal/rows.ts'

/** `kosmo mcp:gateway:install`: connects a client. Gives the exit code. */
export async function gatewayInstallCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  const flags = readInstallFlags(args, CHANGE_FLAGS, integrationIds)
  if (flags.kind === 'usage-error') return failUsage(io, 'mcp:gateway:install', flags.message, args)
  if (flags.kind === 'help') {
    io.out(helpText(installEntry))
    return EXIT.ok
  }
  return install(flags, io)
}

async function install(flags: Extract<InstallFlags, { kind: 'flags' }>, io: CliIo): Promise<number> {
  const { client, scope, name, serve, on } = flags
  const json = on('json')
  const system = cliSystem(io)
  const clients = openClients(system)
  const planned = await clients.planInstall({ client, scope, name, serve, force: on('force') })
  if (planned.kind === 'refused') return fail(io, 'failure', planned.message, json)
  const about = (more: object) => ({
    success: true,
    server: planned.name,
    path: planned.path,
    config: { mcpServers: { [planned.name]: commonEntry(serverCommand(serve, system)) } },
    ...(client === 'codex' && planned.entry && { toml: codexToml(planned.name, planned.entry) }),
    ...more,
  })
  if (planned.kind === 'nothing') {
    if (json) printJson(io, about({ changed: false }))
    else io.out(planned.message)
    return EXIT.ok
  }
  if (!json) printRows(io, planRows(planned))
  for (const warning of planned.warnings) if (!json) io.err(`kosmo: ${warning}`)
  if (on('dry-run')) {
    if (json)
      printJson(
        io,
        about({ changed: false, dry_run: true, lines: planned.lines, warnings: planned.warnings }),
      )
    else io.out('Nothing was written.')
    return EXIT.ok
  }
  const applied = await clients.apply(planned)
  if (applied.kind === 'refused') return fail(io, 'failure', applied.message, json)
  if (applied.kind === 'rolled-back') return fail(io, 'failure', applied.why, json)
  const { backup, verified } = applied
  const warnings = [...planned.warnings, ...applied.warnings]
  if (json) {
    printJson(
      io,
      about({ changed: true, backup: backup ?? null, verified, warnings, trust: planned.trustStep ?? null }),
    )
    return EXIT.ok
  }
  for (const warning of applied.warnings) io.err(`kosmo: ${warning}`)
  printRows(io, doneRows(planned, backup, verified, undoLine(flags)))
  return EXIT.ok
}

function doneRows(
  { clientName, trustStep, afterwards }: Extract<Planned, { kind: 'plan' }>,
  backup: string | undefined,
  verified: string,
  undo: string,
) {
  return [
    row(''),
    row(`${clientName} is connected. ${verified}`, 'strong'),
    ...(trustStep === undefined ? [] : [row(`To do: ${trustStep}`, 'warn')]),
    row(afterwards),
    ...(backup === undefined ? [] : [row(`Copy of the file as it was: ${backup}`, 'dim')]),
    row(`Undo: ${undo}`, 'dim'),
  ]
}

function undoLine({ client, scope, name }: Extract<InstallFlags, { kind: 'flags' }>): string {
  return [
    'kosmo mcp:gateway:uninstall',
    ...(client === 'codex' ? [] : [`--client=${client}`]),
    ...(scope === 'user' ? [] : [`--scope=${scope}`]),
    ...(name === undefined ? [] : [`--name=${name}`]),
  ].join(' ')
}
