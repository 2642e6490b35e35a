import { KosmoError } from '../../../shared/errors.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { ellipsis } from '../../../shared/text/shorten.ts'
import { visibleText } from '../../../shared/text/visible.ts'
import { EXIT } from '../exit-codes.ts'
import type { CommandEntry } from '../reference/entry.ts'
import { flagKinds } from '../reference/entry.ts'
import { helpText } from '../reference/help-text.ts'
import { type Flags, readFlags } from '../terminal/flags.ts'
import type { CliIo } from '../terminal/io.ts'
import { printReadableJson } from '../terminal/print.ts'

type GoodFlags = Extract<Flags, { kind: 'flags' }>

/**
 * Runs a command by its entry: help, flags, and every failure as a sentence, in JSON where that was asked for.
 *
 * @param words how many words it takes at most
 */
export async function runByEntry(
  { entry, words, args, io }: { entry: CommandEntry; words: number; args: string[]; io: CliIo },
  run: (flags: GoodFlags) => Promise<number> | number,
): Promise<number> {
  const json = args.includes('--json')
  const flags = readFlags(args, flagKinds(entry))
  if (flags.kind === 'usage-error') return usage(io, entry, flags.message, json)
  if (flags.on('help')) {
    io.out(helpText(entry))
    return EXIT.ok
  }
  const tooMany = flags.words[words]
  if (tooMany !== undefined) return usage(io, entry, `"${shown(tooMany)}" is one word too many`, json)
  return tellFailure(io, json, () => run(flags))
}

/** Runs something; what fails in a way of ours is told, with exit code 1. */
export async function tellFailure(
  io: CliIo,
  json: boolean,
  run: () => Promise<number> | number,
): Promise<number> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof KosmoError) return failure(io, `${error.message} [${error.code}]`, json)
    throw error
  }
}

/** Wrong usage: exit code 2. */
export function usage(io: CliIo, { name }: CommandEntry, message: string, json: boolean): number {
  if (json) printReadableJson(io, { success: false, error: `${message}.` })
  else io.err(`kosmo: ${message}. See kosmo ${name} --help.`)
  return EXIT.usage
}

/** A failure: exit code 1. It may name paths and other words from outside, which no terminal is to obey. */
export function failure(io: CliIo, message: string, json: boolean): number {
  if (json) printReadableJson(io, { success: false, error: message })
  else io.err(`kosmo: ${visibleText(message)}`)
  return EXIT.failure
}

/** A word from outside, as a message of ours shows it. */
export function shown(word: string): string {
  return ellipsis(cleanLine(word), 60)
}
