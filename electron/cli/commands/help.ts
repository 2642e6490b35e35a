import { EXIT } from '../exit-codes.ts'
import { usage } from '../integrations/tell.ts'
import { unknownCommand } from '../integrations/unknown-name.ts'
import { COMMAND_TABLE, entryOf } from '../reference/command-table.ts'
import { helpEntry } from '../reference/entries/shell.ts'
import { helpText } from '../reference/help-text.ts'
import { overviewText } from '../reference/overview-text.ts'
import { type CliIo, processIo } from '../terminal/io.ts'

/** `kosmo help [command]`, and `kosmo` alone. Gives the exit code. */
export function helpCommand(args: string[], io: CliIo = processIo()): number {
  const [name] = args
  if (name === undefined || name.startsWith('-')) {
    io.out(overviewText(COMMAND_TABLE))
    return EXIT.ok
  }
  const entry = entryOf(name)
  if (entry === undefined) return usage(io, helpEntry, unknownCommand(name), false)
  io.out(helpText(entry))
  return EXIT.ok
}
