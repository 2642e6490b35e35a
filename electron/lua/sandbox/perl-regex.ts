import { toRegExp } from 'oniguruma-to-es'

/** A pattern that cannot be used, as a sentence for the script's author. */
export class BadPattern extends Error {}

/** Delimiters that come in pairs. */
const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}', '<': '>' }

/** What PCRE calls differently. Escapes are matched first, so that nothing is read into the middle of one. */
const RENAMED: [pattern: RegExp, meaning: string | undefined][] = [
  [/\\h/y, '[\\t\\x20]'],
  [/\\[\s\S]/y, undefined],
  [/\(\?P</y, '(?<'],
  [/\(\?P=(\w+)\)/y, '\\k<$1>'],
  [/\(\?P>(\w+)\)/y, '\\g<$1>'],
]

/**
 * Makes a regular expression of a pattern as PHP's preg functions take it, `/…/flags`, or of one without delimiters.
 *
 * @throws BadPattern
 */
export function perlRegex(text: string): RegExp {
  const { pattern, flags } = split(text)
  const unknown = [...flags].find(flag => !'imsxuDUA'.includes(flag) || flag === 'U')
  if (unknown !== undefined) {
    throw new BadPattern(`the flag "${unknown}" is not known; there are i, m, s, x, u, A and D`)
  }
  const has = (flag: string) => flags.includes(flag)
  const end = has('D') ? pattern.replace(/(?<!\\)((?:\\\\)*)\$$/, '$1\\z') : pattern
  const start = has('A') ? `\\G(?:${end})` : end
  try {
    return toRegExp(rename(start), {
      // Without "u" PCRE's classes know ASCII alone.
      flags: `${has('i') ? 'i' : ''}${has('s') ? 'm' : ''}${has('x') ? 'x' : ''}${has('u') ? '' : 'DSW'}`,
      rules: { singleline: !has('m'), captureGroup: true },
      global: true,
      hasIndices: false,
    })
  } catch (error) {
    throw new BadPattern(`"${text}" is not a pattern: ${error instanceof Error ? error.message : ''}`)
  }
}

function split(text: string): { pattern: string; flags: string } {
  const given = text.trimStart()
  const [open = ''] = given
  if (open === '' || /[\w\\^$.]/.test(open)) return { pattern: text, flags: '' }
  const close = CLOSING[open] ?? open
  const end = given.lastIndexOf(close)
  const flags = given.slice(end + 1).trim()
  // `(\d+)-(\d+)` begins with what could be a delimiter and is a pattern all the same.
  if (end <= 0 || !/^[a-zA-Z]*$/.test(flags)) return { pattern: text, flags: '' }
  return { pattern: given.slice(1, end), flags }
}

function rename(pattern: string): string {
  let renamed = ''
  let at = 0
  while (at < pattern.length) {
    const [length, meaning] = partAt(pattern, at)
    renamed += meaning
    at += length
  }
  return renamed
}

function partAt(pattern: string, at: number): [length: number, meaning: string] {
  for (const [part, meaning] of RENAMED) {
    part.lastIndex = at
    const found = part.exec(pattern)
    if (found === null) continue
    const [whole, name = ''] = found
    return [whole.length, meaning?.replace('$1', name) ?? whole]
  }
  return [1, pattern.charAt(at)]
}
