import { entryOf } from '../../../electron/cli/reference/command-table.ts'
import type { CommandEntry } from '../../../electron/cli/reference/entry.ts'
import { listedTool } from '../../../electron/gateway/tool-list.ts'
import { catalogue } from '../../../electron/integrations/catalogue.ts'
import { allFunctions, findFunction } from '../../../electron/integrations/find-function.ts'

const PROGRAMS = ['kosmo', 'kosmokrator']
const OF_EVERY_COMMAND = ['help', 'h']
const WITHOUT_A_COMMAND = ['--version', '-V', '--help', '-h']

/** What is wrong with a command by the table of commands; undefined where nothing is, or where it is not ours. */
export function problemOf(words: readonly string[]): string | undefined {
  const [program = '', ...rest] = words[0] === 'npx' ? words.slice(1) : words
  const isPackage = program === 'kosmokrator-desktop' && words[0] === 'npx'
  if (!PROGRAMS.includes(program) && !isPackage) return undefined
  const [name, ...args] = rest
  if (name === undefined || WITHOUT_A_COMMAND.includes(name)) return undefined
  // `integrations:*` and COMMAND stand for any.
  if (/^[A-Z]+$/.test(name) || name.endsWith('*')) return undefined
  const entry = entryOf(name)
  if (entry === undefined) return `there is no command "${name}"`
  return unknownWord(entry, args) ?? args.map(word => unknownFlag(entry, args, word)).find(Boolean)
}

function unknownWord({ name, words }: CommandEntry, [first = '']: readonly string[]): string | undefined {
  const [completes] = words
  if (!/^[a-z|]+$/.test(first) || typeof completes !== 'object') return undefined
  const wrong = first.split('|').find(word => !completes.choices.includes(word))
  return wrong === undefined ? undefined : `kosmo ${name} knows no "${wrong}"`
}

function unknownFlag(entry: CommandEntry, args: readonly string[], word: string): string | undefined {
  const [, flag] = /^--?([A-Za-z][\w-]*)/.exec(word) ?? []
  if (flag === undefined || OF_EVERY_COMMAND.includes(flag)) return undefined
  if (entry.flags.some(({ name, short }) => flag === name || flag === short)) return undefined
  if (argumentsOf(entry, args).includes(flag.replaceAll('-', '_'))) return undefined
  return `kosmo ${entry.name} has no flag ${word}`
}

/** Arguments of a function are flags of the commands that call it; of every function where a page names none. */
function argumentsOf({ name }: CommandEntry, [first = '']: readonly string[]): string[] {
  const provider = catalogue.find(({ id }) => name === `integrations:${id}`)
  if (name !== 'integrations:call' && provider === undefined) return []
  const found = findFunction(provider === undefined ? first : `${provider.id}.${first}`)
  if (found === undefined && !/^[A-Z…[]/.test(first)) return []
  const functions = found === undefined ? allFunctions() : [found]
  return functions.flatMap(({ integration, definition }) =>
    Object.keys(listedTool(integration, definition).inputSchema.properties ?? {}),
  )
}
