import { integrationSettings } from '../../../shared/policy/settings.ts'
import { kosmoHome } from '../../broker/home.ts'
import { openSettings } from '../../broker/settings-file.ts'
import { catalogue } from '../../integrations/catalogue.ts'
import { type Completion, complete } from '../completion/candidates.ts'
import { brokenOff, splitLine } from '../completion/split-line.ts'
import { EXIT } from '../exit-codes.ts'
import { type CliIo, processIo } from '../terminal/io.ts'

/**
 * `kosmo complete SHELL :CURRENT BEFORE…`: what may stand where the cursor is; for the scripts that `kosmo completion`
 * prints. Every word has a `:` in front that may be empty, because some shells drop empty ones. Gives the exit code.
 */
export function completeCommand(args: string[], io: CliIo = processIo()): number {
  const [shell, current = ':', ...before] = args
  const world = { accounts: () => accountNames(io) }
  if (shell === 'bash') {
    // It breaks words at colons, so it gives the whole line; its own breaks come behind.
    const words = splitLine(current.slice(1)).slice(1)
    const last = words.pop() ?? ''
    const skip = brokenOff(last, before[0] ?? '')
    print(io, complete(words, last, world), value => value.slice(skip))
    return EXIT.ok
  }
  print(io, complete(before, current.slice(1), world), (value, does) =>
    does === '' ? value : `${value}\t${does}`,
  )
  return EXIT.ok
}

function print(
  io: CliIo,
  { candidates, files }: Completion,
  line: (value: string, does: string) => string,
): void {
  io.out([files ? ':files' : ':only', ...candidates.map(({ value, does }) => line(value, does))].join('\n'))
}

function accountNames({ variables }: CliIo): string[] {
  const read = openSettings(kosmoHome(variables)).read()
  if (read.kind === 'broken') return []
  const names = catalogue.flatMap(({ id }) =>
    Object.keys(integrationSettings(read.settings, id)?.accounts ?? {}),
  )
  return [...new Set(names)].sort()
}
