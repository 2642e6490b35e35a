import { SHELL_SCRIPTS } from '../completion/shell-scripts.ts'
import { EXIT } from '../exit-codes.ts'
import { runByEntry, usage } from '../integrations/tell.ts'
import { completionEntry, SHELLS } from '../reference/entries/shell.ts'
import { type CliIo, processIo } from '../terminal/io.ts'

/** `kosmo completion SHELL`: the script that a shell loads. Gives the exit code. */
export function completionCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  return runByEntry({ entry: completionEntry, words: 1, args, io }, flags => {
    const shell = SHELLS.find(each => each === flags.words[0])
    if (shell === undefined) return usage(io, completionEntry, `name a shell: ${SHELLS.join(', ')}`, false)
    io.out(SHELL_SCRIPTS[shell].trimEnd())
    return EXIT.ok
  })
}
