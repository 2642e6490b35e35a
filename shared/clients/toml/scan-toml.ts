import { blankEnd, keyEnd, keyPath, lineEnd, valueEnd } from './tokens.ts'

/** A statement of a TOML file with its place in the text; `end` is behind its line break. */
export type TomlPart =
  | { kind: 'table'; path: string[]; isArray: boolean; start: number; end: number }
  | {
      kind: 'pair'
      /** From the root, the table that it stands in included. */
      path: string[]
      start: number
      keyStart: number
      valueStart: number
      valueEnd: number
      end: number
    }

/**
 * The statements of a TOML text, in order, with their places. For texts that a parser has found valid: this one looks
 * only for where things are.
 *
 * @throws Error where it cannot tell; then the text must not be edited
 */
export function scanToml(text: string): TomlPart[] {
  const parts: TomlPart[] = []
  let table: string[] = []
  // Editors on Windows put a mark in front.
  let at = text.startsWith('\ufeff') ? 1 : 0
  while (at < text.length) {
    const start = at
    const first = blankEnd(text, at)
    const sign = text[first]
    if (sign === undefined || sign === '\n' || sign === '\r' || sign === '#') {
      at = lineEnd(text, first)
      continue
    }
    if (sign === '[') {
      const isArray = text[first + 1] === '['
      const from = first + (isArray ? 2 : 1)
      const to = keyEnd(text, from)
      if (!text.startsWith(isArray ? ']]' : ']', to)) throw new Error(`no table header at ${first}`)
      table = keyPath(text, from, to)
      at = lineEnd(text, to)
      parts.push({ kind: 'table', path: table, isArray, start, end: at })
      continue
    }
    const keyTo = keyEnd(text, first)
    if (text[keyTo] !== '=') throw new Error(`no key at ${first}`)
    const valueStart = blankEnd(text, keyTo + 1)
    const valueTo = valueEnd(text, valueStart)
    at = lineEnd(text, valueTo)
    parts.push({
      kind: 'pair',
      path: [...table, ...keyPath(text, first, keyTo)],
      start,
      keyStart: first,
      valueStart,
      valueEnd: valueTo,
      end: at,
    })
  }
  return parts
}
