import { toRegExp } from 'oniguruma-to-es'

/** A pattern that cannot be used, as a sentence for the script's author. */
export class BadPattern extends Error {}

/** Delimiters that come in pairs. */
const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}', '<': '>' }

/** What PCRE writes differently. Escapes are matched before the rest, so that nothing is read into the middle of one. */
const RENAMED: [part: RegExp, meaning: (inner: string) => string | undefined][] = [
  [/\\h/y, () => '[\\t\\x20]'],
  [/\\Q([\s\S]*?)(?:\\E|$)/y, inner => inner.replace(/[^\w\s]/g, '\\$&')],
  [/\\[\s\S]/y, () => undefined],
  [/\(\?P</y, () => '(?<'],
  [/\(\?P=(\w+)\)/y, inner => `\\k<${inner}>`],
  [/\(\?P>(\w+)\)/y, inner => `\\g<${inner}>`],
  [/\(\?R\)/y, () => '\\g<0>'],
]

/**
 * Makes a regular expression of a pattern as PHP's preg functions take it, `/…/flags`, or of one without delimiters.
 *
 * @throws BadPattern
 */
export function perlRegex(text: string): RegExp {
  const { pattern, flags } = split(text)
  const unknown = [...flags].find(flag => !'imsxuDA'.includes(flag))
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
  const end = endOf(given, open, CLOSING[open] ?? open)
  const flags = given.slice(end + 1).trim()
  // `(\d+)-(\d+)` begins with what could be a delimiter and is a pattern all the same.
  if (end <= 0 || !/^[a-zA-Z]*$/.test(flags)) return { pattern: text, flags: '' }
  return { pattern: given.slice(1, end), flags }
}

/** Where a pattern ends that begins with `open`; -1 where it does not. Pairs may stand in one another. */
function endOf(given: string, open: string, close: string): number {
  let depth = 0
  for (let at = 0; at < given.length; at++) {
    const letter = given.charAt(at)
    if (letter === '\\') at++
    else if (letter === close && at > 0) {
      depth--
      if (depth === 0 || open === close) return at
    } else if (letter === open) depth++
  }
  return -1
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
    const [whole, inner = ''] = found
    return [whole.length, meaning(inner) ?? whole]
  }
  return [1, pattern.charAt(at)]
}
