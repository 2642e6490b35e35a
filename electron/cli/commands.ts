import { errorLine, KosmoError } from '../../shared/errors.ts'
import { cleanLine } from '../../shared/text/clean.ts'
import { catalogue } from '../integrations/catalogue.ts'
import { approvalsCommand } from './commands/approvals.ts'
import { auditCommand } from './commands/audit.ts'
import { brokerCommand } from './commands/broker.ts'
import { clientsCommand } from './commands/clients.ts'
import { completeCommand } from './commands/complete.ts'
import { completionCommand } from './commands/completion.ts'
import { configureCommand } from './commands/configure.ts'
import { credentialsImportCommand } from './commands/credentials-import.ts'
import { doctorCommand } from './commands/doctor.ts'
import { gatewayExportCommand } from './commands/gateway-export.ts'
import { gatewayInstallCommand } from './commands/gateway-install.ts'
import { gatewayUninstallCommand } from './commands/gateway-uninstall.ts'
import { grantsCommand } from './commands/grants.ts'
import { helpCommand } from './commands/help.ts'
import { integrationsCallCommand } from './commands/integrations-call.ts'
import { integrationsDocsCommand } from './commands/integrations-docs.ts'
import { integrationsDoctorCommand } from './commands/integrations-doctor.ts'
import { integrationsExamplesCommand } from './commands/integrations-examples.ts'
import { integrationsFieldsCommand } from './commands/integrations-fields.ts'
import { integrationsListCommand } from './commands/integrations-list.ts'
import { integrationsProviderCommand } from './commands/integrations-provider.ts'
import { integrationsSchemaCommand } from './commands/integrations-schema.ts'
import { integrationsSearchCommand } from './commands/integrations-search.ts'
import { integrationsStatusCommand } from './commands/integrations-status.ts'
import { journalCommand } from './commands/journal.ts'
import { luaCommand } from './commands/lua.ts'
import { manCommand } from './commands/man.ts'
import { policyCommand } from './commands/policy.ts'
import { shellInstallCommand } from './commands/shell-install.ts'
import { shellUninstallCommand } from './commands/shell-uninstall.ts'
import { statusCommand } from './commands/status.ts'
import { uninstallCommand } from './commands/uninstall.ts'
import { tellBroker } from './configure/tell-broker.ts'
import { EXIT } from './exit-codes.ts'
import { failure } from './integrations/tell.ts'
import { unknownCommand, unknownIntegrationCommand } from './integrations/unknown-name.ts'
import { processIo } from './terminal/io.ts'
import { fail } from './terminal/print.ts'

/** Every command but those that must start at once; each gives the exit code. */
export const COMMANDS: Record<string, (args: string[]) => Promise<number> | number> = {
  approvals: args => approvalsCommand(args),
  audit: auditCommand,
  broker: brokerCommand,
  clients: args => clientsCommand(args),
  complete: args => completeCommand(args),
  completion: args => completionCommand(args),
  'credentials:import': args => credentialsImportCommand(args, { changed: tellBroker(process.env) }),
  doctor: args => doctorCommand(args),
  grants: args => grantsCommand(args),
  help: args => helpCommand(args),
  'integrations:call': args => integrationsCallCommand(args),
  'integrations:configure': args => configureCommand(args, { changed: tellBroker(process.env) }),
  'integrations:docs': args => integrationsDocsCommand(args),
  'integrations:doctor': args => integrationsDoctorCommand(args),
  'integrations:examples': args => integrationsExamplesCommand(args),
  'integrations:fields': args => integrationsFieldsCommand(args),
  'integrations:list': args => integrationsListCommand(args),
  'integrations:lua': args => luaCommand(args),
  'integrations:schema': args => integrationsSchemaCommand(args),
  'integrations:search': args => integrationsSearchCommand(args),
  'integrations:status': args => integrationsStatusCommand(args),
  journal: args => journalCommand(args),
  man: args => manCommand(args),
  'mcp:gateway:export': args => gatewayExportCommand(args),
  'mcp:gateway:install': args => gatewayInstallCommand(args),
  'mcp:gateway:uninstall': args => gatewayUninstallCommand(args),
  policy: args => policyCommand(args),
  'shell:install': args => shellInstallCommand(args),
  'shell:uninstall': args => shellUninstallCommand(args),
  status: args => statusCommand(args),
  uninstall: args => uninstallCommand(args),
  ...Object.fromEntries(
    catalogue.map(integration => [
      `integrations:${integration.id}`,
      (args: string[]) => integrationsProviderCommand(integration, args),
    ]),
  ),
}

/** Runs a command of `kosmo` and sets the exit code; every failure is a sentence on stderr. */
export async function runCommand(name: string, args: string[]): Promise<void> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined && name.startsWith('integrations:')) {
    const message = unknownIntegrationCommand(name.slice('integrations:'.length))
    process.exitCode = failure(processIo(), message, args.includes('--json'))
    return
  }
  if (command === undefined) {
    console.error(`kosmo: ${unknownCommand(name)}. See kosmo --help.`)
    process.exitCode = EXIT.usage
    return
  }
  // A reader that has seen enough (head, less) is no fault.
  process.stdout.on('error', () => process.exit(EXIT.ok))
  try {
    process.exitCode = await command(args)
  } catch (error) {
    const kind = isUsage(error) ? 'usage' : 'failure'
    process.exitCode = fail(processIo(), kind, explain(error), args.includes('--json'))
  }
}

function explain(error: unknown): string {
  if (error instanceof KosmoError) return errorLine(error).replace(/^ERROR: /, '')
  if (isUsage(error)) return `${cleanLine(error.message.split('\n')[0] ?? '')}. See kosmo --help.`
  return `a fault of our own (${error instanceof Error ? error.name : typeof error}). If it stays, report it.`
}

/** What node:util's parseArgs throws for flags that there are not. */
function isUsage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
