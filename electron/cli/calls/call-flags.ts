import { nearest } from '../../integrations/nearest.ts'
import type { InputSchema } from '../integrations/function-json.ts'
import { shown } from '../integrations/tell.ts'
import { readAs } from './read-as.ts'

/** What the command line of a call says besides the function. */
export type CallFlags = {
  /** JSON, or `-` for stdin; undefined where there is none. */
  payload: string | undefined
  /** Arguments that were given as flags, each of the type that the function takes. */
  given: Record<string, unknown>
  account: string | undefined
  dryRun: boolean
  force: boolean
}

export type ReadCallFlags = { kind: 'flags'; flags: CallFlags } | { kind: 'usage-error'; message: string }

/** Switches of our own. Where a function takes an argument of such a name, `--arg` gives it. */
const SWITCHES = ['dry-run', 'force', 'json']

const VALUES = ['account', 'arg']

/**
 * The first word that is no flag and no flag's value, and the rest: what stands before it can only be our own flags,
 * or arguments with their values behind `=`.
 */
export function splitName(args: readonly string[]): { name: string | undefined; rest: string[] } {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (VALUES.includes(word.slice(2)) && word.startsWith('--')) at++
    else if (!word.startsWith('--'))
      return { name: word, rest: [...args.slice(0, at), ...args.slice(at + 1)] }
  }
  return { name: undefined, rest: [...args] }
}

/** Reads everything but the function's name. Pure; what a wrong word is about is told without its value. */
export function readCallFlags(args: readonly string[], schema: InputSchema): ReadCallFlags {
  const flags: CallFlags = { payload: undefined, given: {}, account: undefined, dryRun: false, force: false }
  const usage = (message: string): ReadCallFlags => ({ kind: 'usage-error', message })
  const names = Object.keys(schema.properties)

  function take(name: string, value: string): string | undefined {
    const property = names.includes(name) ? schema.properties[name] : undefined
    if (property === undefined) return unknownArgument(name, names)
    if (Object.hasOwn(flags.given, name)) return `${name} is given twice`
    const read = readAs(property.type, value)
    if (read.kind === 'wrong') return `${name} takes ${read.takes}`
    flags.given[name] = read.value
    return undefined
  }

  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (!word.startsWith('--') || word === '--') {
      if (flags.payload !== undefined)
        return usage('there are too many words; put JSON and texts with blanks in quotes')
      flags.payload = word
      continue
    }
    const equals = word.indexOf('=')
    const flag = equals === -1 ? word.slice(2) : word.slice(2, equals)
    let value = equals === -1 ? undefined : word.slice(equals + 1)
    if (SWITCHES.includes(flag)) {
      if (value !== undefined) return usage(`--${flag} takes no value`)
      if (flag === 'dry-run') flags.dryRun = true
      if (flag === 'force') flags.force = true
      continue
    }
    const name = flag.replaceAll('-', '_')
    const isSwitch = schema.properties[name]?.type === 'boolean' && names.includes(name)
    if (value === undefined && isSwitch) value = 'true'
    // A text that begins like a flag has to stand behind `=`.
    if (value === undefined && args[at + 1]?.startsWith('--') === false) value = args[++at]
    if (!VALUES.includes(flag) && !names.includes(name)) return usage(unknownArgument(name, names))
    if (value === undefined) return usage(`--${flag} needs a value, as in --${flag}=…`)
    if (flag === 'account') {
      if (flags.account !== undefined) return usage('--account is given twice')
      flags.account = value
      continue
    }
    const split = value.indexOf('=')
    if (flag === 'arg' && split < 1) return usage('--arg takes NAME=VALUE')
    const wrong = flag === 'arg' ? take(value.slice(0, split), value.slice(split + 1)) : take(name, value)
    if (wrong !== undefined) return usage(wrong)
  }
  return { kind: 'flags', flags }
}

function unknownArgument(name: string, names: readonly string[]): string {
  const flag = `--${shown(name).replaceAll('_', '-')}`
  if (names.length === 0) return `there is no argument ${flag}; this function takes none`
  const [like] = nearest(name, names)
  const known = names.map(each => `--${each.replaceAll('_', '-')}`).join(', ')
  return `there is no argument ${flag}; ${like === undefined ? '' : `did you mean --${like.replaceAll('_', '-')}? `}It takes ${known}`
}
