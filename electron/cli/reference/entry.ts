import type { ExitName } from '../exit-codes.ts'
import type { FlagKinds } from '../terminal/flags.ts'

/*
 * What `kosmo` can be told, as data. Help, completion in shells and the manual page are made of it, and the flags of
 * most commands are read by it: what is not in here does not exist.
 */

/** What completes a value or a word; a path where nothing does. */
export type Completes =
  | 'integration'
  | 'function'
  | 'page'
  | 'account'
  | 'command'
  | { choices: readonly string[] }

export type FlagEntry = {
  name: string
  short?: string
  /** What stands for its value, e.g. `NAME`; a switch has none. */
  value?: string
  completes?: Completes
  repeatable?: true
  /** A phrase without a full stop. */
  does: string
}

export type CommandEntry = {
  name: string
  group: 'clients' | 'accounts' | 'calls' | 'decisions' | 'records' | 'shell'
  /** A phrase without a full stop. */
  does: string
  /** Ways to write it, without the program's name. */
  forms: readonly { line: string; does?: string }[]
  /** What its words are, in order. */
  words: readonly Completes[]
  flags: readonly FlagEntry[]
  /** Paragraphs. */
  notes: readonly string[]
  examples: readonly { line: string; does: string }[]
  exits: readonly ExitName[]
}

export const JSON_FLAG: FlagEntry = { name: 'json', does: 'answers in JSON' }

export const ACCOUNT_FLAG: FlagEntry = {
  name: 'account',
  value: 'NAME',
  completes: 'account',
  does: 'which account (default: default)',
}

/** The flags of a command as `readFlags` takes them. */
export function flagKinds({ flags }: CommandEntry): FlagKinds {
  return Object.fromEntries(
    flags.map(({ name, value }) => [name, value === undefined ? ('boolean' as const) : ('string' as const)]),
  )
}
