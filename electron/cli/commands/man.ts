import { version } from '../../../package.json'
import { EXIT } from '../exit-codes.ts'
import { runByEntry } from '../integrations/tell.ts'
import { COMMAND_TABLE } from '../reference/command-table.ts'
import { manEntry } from '../reference/entries/shell.ts'
import { manPage } from '../reference/man-page.ts'
import { type CliIo, processIo } from '../terminal/io.ts'

/** `kosmo man`: the manual page, in roff. Gives the exit code. */
export function manCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  return runByEntry({ entry: manEntry, words: 0, args, io }, () => {
    io.out(manPage(COMMAND_TABLE, version))
    return EXIT.ok
  })
}
