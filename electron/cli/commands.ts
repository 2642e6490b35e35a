import { errorLine, KosmoError } from '../../shared/errors.ts'
import { cleanLine } from '../../shared/text/clean.ts'
import { ellipsis } from '../../shared/text/shorten.ts'
import { connectBroker } from '../broker/broker-client.ts'
import { approvalsCommand } from './commands/approvals.ts'
import { auditCommand } from './commands/audit.ts'
import { brokerCommand } from './commands/broker.ts'
import { clientsCommand } from './commands/clients.ts'
import { configureCommand } from './commands/configure.ts'
import { grantsCommand } from './commands/grants.ts'
import { journalCommand } from './commands/journal.ts'
import { policyCommand } from './commands/policy.ts'
import { statusCommand } from './commands/status.ts'
import { EXIT } from './exit-codes.ts'

/** Every command but those that must start at once; each gives the exit code. */
const COMMANDS: Record<string, (args: string[]) => Promise<number> | number> = {
  approvals: args => approvalsCommand(args),
  audit: auditCommand,
  broker: brokerCommand,
  clients: args => clientsCommand(args),
  grants: args => grantsCommand(args),
  'integrations:configure': args => configureCommand(args, { changed: tellBroker }),
  journal: journalCommand,
  policy: args => policyCommand(args),
  status: args => statusCommand(args),
}

/** A broker that runs gives its gateways the new account with their next call. */
async function tellBroker(integration: string): Promise<void> {
  const client = await connectBroker({ variables: process.env, interactive: false })
  if (client === undefined) return
  await client.broker.integrationChanged({ integration })
  client.close()
}

/** Runs a command of `kosmo` and sets the exit code; every failure is a sentence on stderr. */
export async function runCommand(name: string, args: string[]): Promise<void> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) {
    console.error(`kosmo: there is no command "${ellipsis(cleanLine(name), 60)}". See kosmo --help.`)
    process.exitCode = EXIT.usage
    return
  }
  // A reader that has seen enough (head, less) is no fault.
  process.stdout.on('error', () => process.exit(EXIT.ok))
  try {
    process.exitCode = await command(args)
  } catch (error) {
    console.error(`kosmo: ${explain(error)}`)
    process.exitCode = isUsage(error) ? EXIT.usage : EXIT.failure
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
