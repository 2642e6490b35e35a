import { catalogue } from '../../integrations/catalogue.ts'
import { allFunctions, findFunction, fullName, shortName } from '../../integrations/find-function.ts'
import { inputSchema } from '../integrations/function-json.ts'
import { COMMAND_TABLE, entryOf } from '../reference/command-table.ts'
import type { CommandEntry, Completes, FlagEntry } from '../reference/entry.ts'
import { isWordOfFlag } from './flag-words.ts'

/** A word that may stand where the cursor is. One that ends with `=` goes on. */
export type Candidate = { value: string; does: string }

/** `files`: any path may stand there as well. */
export type Completion = { candidates: Candidate[]; files: boolean }

/** What is not in the table of commands. */
export type CompletionWorld = { accounts(): string[] }

const NONE: Completion = { candidates: [], files: false }
const FILES: Completion = { candidates: [], files: true }

/** What may stand in the place of `current`, behind the words before it (without the program's name). Pure. */
export function complete(before: readonly string[], current: string, world: CompletionWorld): Completion {
  const [name, ...words] = before
  if (name === undefined) return starting(current, commandCandidates())
  const entry = entryOf(name)
  if (entry === undefined) return NONE
  const flags = [...entry.flags, ...argumentFlags(entry, words), HELP]
  const last = words.at(-1) ?? ''
  const pending = isWordOfFlag(last) && !last.includes('=') ? flagOf(flags, last) : undefined
  if (pending?.value !== undefined) return valuesOf(pending.completes, current, '', entry, world)
  const equals = current.indexOf('=')
  if (isWordOfFlag(current) && equals !== -1) {
    const flag = flagOf(flags, current.slice(0, equals))
    const start = current.slice(0, equals + 1)
    return flag?.value === undefined ? NONE : valuesOf(flag.completes, current, start, entry, world)
  }
  if (current.startsWith('-')) return starting(current, flagCandidates(flags, words))
  const place = entry.words[wordsIn(words, flags).length]
  if (place !== undefined) return valuesOf(place, current, '', entry, world)
  return entry.name.startsWith('integrations:') || entry.words.length > 0 ? NONE : FILES
}

const HELP: FlagEntry = { name: 'help', short: 'h', does: 'flags and examples' }

/** The words that are neither flags nor values of flags. */
function wordsIn(words: readonly string[], flags: readonly FlagEntry[]): string[] {
  return words.filter((word, at) => {
    if (isWordOfFlag(word)) return false
    const previous = words[at - 1] ?? ''
    const isValue = isWordOfFlag(previous) && !previous.includes('=')
    return !(isValue && flagOf(flags, previous)?.value !== undefined)
  })
}

function flagOf(flags: readonly FlagEntry[], word: string): FlagEntry | undefined {
  const name = word.replace(/=.*$/s, '')
  return flags.find(
    flag => `--${flag.name}` === name || (flag.short !== undefined && `-${flag.short}` === name),
  )
}

function flagCandidates(flags: readonly FlagEntry[], words: readonly string[]): Candidate[] {
  const isUsed = ({ name }: FlagEntry) =>
    words.some(word => word === `--${name}` || word.startsWith(`--${name}=`))
  return flags
    .filter(flag => flag.repeatable === true || !isUsed(flag))
    .map(({ name, value, does }) => ({ value: `--${name}${value === undefined ? '' : '='}`, does }))
}

function commandCandidates(): Candidate[] {
  return COMMAND_TABLE.map(({ name, does }) => ({ value: name, does }))
}

/** The arguments of the function that is called, as flags. */
function argumentFlags(entry: CommandEntry, words: readonly string[]): FlagEntry[] {
  const provider = catalogue.find(({ id }) => entry.name === `integrations:${id}`)
  if (provider === undefined && entry.words[0] !== 'function') return []
  const [name] = wordsIn(words, entry.flags)
  const found =
    name === undefined ? undefined : findFunction(provider === undefined ? name : `${provider.id}.${name}`)
  if (found === undefined || entry.name === 'integrations:schema') return []
  return Object.entries(inputSchema(found).properties).map(([argument, property]) => ({
    name: argument.replaceAll('_', '-'),
    value: 'VALUE',
    does: String(property.description ?? property.type ?? ''),
    completes: { choices: Array.isArray(property.enum) ? property.enum.map(String) : [] },
  }))
}

function valuesOf(
  completes: Completes | undefined,
  current: string,
  start: string,
  entry: CommandEntry,
  world: CompletionWorld,
): Completion {
  if (completes === undefined) return FILES
  const values = candidatesFor(completes, current.slice(start.length), entry, world)
  return starting(
    current,
    values.map(({ value, does }) => ({ value: start + value, does })),
  )
}

function candidatesFor(
  completes: Completes,
  typed: string,
  entry: CommandEntry,
  world: CompletionWorld,
): Candidate[] {
  if (typeof completes === 'object') return completes.choices.map(value => ({ value, does: '' }))
  switch (completes) {
    case 'command':
      return commandCandidates()
    case 'account':
      return world.accounts().map(value => ({ value, does: 'account' }))
    case 'integration':
      return catalogue.map(({ id, name }) => ({ value: id, does: name }))
    case 'page':
      return [...catalogue.map(({ id, name }) => ({ value: id, does: name })), ...functionCandidates(typed)]
    case 'function': {
      const provider = catalogue.find(({ id }) => entry.name === `integrations:${id}`)
      return provider === undefined ? functionCandidates(typed) : ownFunctions(provider.id, typed)
    }
  }
}

/** The short names, and the long ones once somebody types one. */
function functionCandidates(typed: string): Candidate[] {
  return allFunctions().map(each => {
    const { id } = each.integration
    const isLong = typed.startsWith(`${id}.${id}_`)
    return { value: isLong ? fullName(each) : `${id}.${shortName(each)}`, does: each.definition.title }
  })
}

function ownFunctions(id: string, typed: string): Candidate[] {
  return allFunctions()
    .filter(({ integration }) => integration.id === id)
    .map(each => {
      const value = typed.startsWith(`${id}_`) ? each.definition.name : shortName(each)
      return { value, does: each.definition.title }
    })
}

function starting(current: string, candidates: Candidate[]): Completion {
  return { candidates: candidates.filter(({ value }) => value.startsWith(current)), files: false }
}
