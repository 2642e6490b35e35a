import { findFunction } from '../../integrations/find-function.ts'
import type { Integration } from '../../integrations/integration.ts'
import { callFunction } from '../calls/call-command.ts'
import { splitName } from '../calls/call-flags.ts'
import { EXIT } from '../exit-codes.ts'
import { failure, tellFailure } from '../integrations/tell.ts'
import { unknownFunction } from '../integrations/unknown-name.ts'
import { providerEntry } from '../reference/entries/calls.ts'
import { helpText } from '../reference/help-text.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { integrationsDocsCommand } from './integrations-docs.ts'

/** `kosmo integrations:<id> [function]`: the short way to call; without a function, its docs. Gives the exit code. */
export function integrationsProviderCommand(
  { id }: Integration,
  args: string[],
  io: CliIo = processIo(),
): Promise<number> {
  const json = args.includes('--json')
  const entry = providerEntry(id)
  return tellFailure(io, json, async () => {
    const { name, rest } = splitName(args)
    const isHelp = args.includes('--help') || args[0] === '-h'
    if (isHelp && (name === undefined || name === '-h')) {
      io.out(helpText(entry))
      return EXIT.ok
    }
    if (name === undefined) return integrationsDocsCommand([id, ...args], io)
    const whole = name.startsWith(`${id}.`) ? name : `${id}.${name}`
    const found = findFunction(whole)
    if (found === undefined) return failure(io, unknownFunction(whole), json)
    if (isHelp) return integrationsDocsCommand([whole], io)
    return callFunction(found, rest, entry, io)
  })
}
