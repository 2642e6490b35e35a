import { documentOf } from '../integrations/docs.ts'
import { runPageCommand } from '../integrations/page-command.ts'
import { docsEntry } from '../reference/entries/calls.ts'
import { type CliIo, processIo } from '../terminal/io.ts'

/** `kosmo integrations:docs`: what an integration or a function does, takes and gives. Gives the exit code. */
export function integrationsDocsCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  return runPageCommand({ entry: docsEntry, hasIndex: true, document: documentOf }, args, io)
}
