import { parseArgs } from 'node:util'
import { cleanLine } from '../../../shared/text/clean.ts'
import { ellipsis } from '../../../shared/text/shorten.ts'

export type FlagKinds = Record<string, 'boolean' | 'string'>

export type Flags =
  | { kind: 'flags'; words: string[]; on(name: string): boolean; value(name: string): string | undefined }
  | { kind: 'usage-error'; message: string }

/** Reads flags strictly: one that is unknown, lacks its value or is given twice is an error. */
export function readFlags(args: readonly string[], kinds: FlagKinds): Flags {
  const options = Object.fromEntries(
    Object.entries({ ...kinds, help: 'boolean' as const }).map(([name, type]) => [
      name,
      { type, multiple: true, ...(name === 'help' && { short: 'h' }) },
    ]),
  )
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
      strict: true,
    })
    const given = (name: string) => [values[name] ?? []].flat()
    const twice = Object.keys(options).find(name => given(name).length > 1)
    if (twice !== undefined) return { kind: 'usage-error', message: `--${twice} is given twice` }
    const value = (name: string) => {
      const [first] = given(name)
      return typeof first === 'string' ? first : undefined
    }
    return { kind: 'flags', words: positionals, on: name => given(name).length === 1, value }
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'wrong flags'
    return { kind: 'usage-error', message: ellipsis(cleanLine(message), 120) }
  }
}
