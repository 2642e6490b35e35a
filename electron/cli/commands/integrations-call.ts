import { findFunction } from '../../integrations/find-function.ts'
import { callFunction } from '../calls/call-command.ts'
import { splitName } from '../calls/call-flags.ts'
import { EXIT } from '../exit-codes.ts'
import { failure, tellFailure, usage } from '../integrations/tell.ts'
import { unknownFunction } from '../integrations/unknown-name.ts'
import { callEntry } from '../reference/entries/calls.ts'
import { helpText } from '../reference/help-text.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { integrationsDocsCommand } from './integrations-docs.ts'

/** Of a function its page, else that of the command. */
function help(name: string | undefined, io: CliIo): Promise<number> | number {
  if (name !== undefined && findFunction(name) !== undefined) return integrationsDocsCommand([name], io)
  io.out(helpText(callEntry))
  return EXIT.ok
}

/** `kosmo integrations:call`: calls a function by its whole name. Gives the exit code. */
export function integrationsCallCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  const json = args.includes('--json')
  return tellFailure(io, json, async () => {
    const { name, rest } = splitName(args)
    if (args.includes('--help') || args[0] === '-h') return help(name, io)
    if (name === undefined)
      return usage(io, callEntry, 'name a function, e.g. mattermost.list_channels', json)
    const found = findFunction(name)
    if (found === undefined) return failure(io, unknownFunction(name), json)
    return callFunction(found, rest, callEntry, io)
  })
}
