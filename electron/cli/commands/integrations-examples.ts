import { examplesOf } from '../integrations/docs.ts'
import { runPageCommand } from '../integrations/page-command.ts'
import { samplesOf } from '../integrations/samples.ts'
import { examplesEntry } from '../reference/entries/calls.ts'
import { type CliIo, processIo } from '../terminal/io.ts'

/** `kosmo integrations:examples`: lines to copy. Gives the exit code. */
export function integrationsExamplesCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  const command = {
    entry: examplesEntry,
    hasIndex: false,
    document: examplesOf,
    more: (each: Parameters<typeof samplesOf>[0]) => ({ examples: samplesOf(each) }),
  }
  return runPageCommand(command, args, io)
}
