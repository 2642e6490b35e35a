import { unescapeToml } from './strings.ts'

const BLANK = /[ \t]*/y
const BARE = /[A-Za-z0-9_-]+/y
const SCALAR = /[^\s,#[\]{}]+(?: [0-9][^\s,#[\]{}]*)?/y

/** How deep values may lie in each other; no configuration of a person's is near it. */
const MAX_DEPTH = 100

/** Behind blanks and tabs. */
export function blankEnd(text: string, at: number): number {
  return matchEnd(BLANK, text, at)
}

/** Behind the line break that ends the line of `at`, or the end of the text. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end + 1
}

/** Behind blanks, line breaks and comments. */
export function gapEnd(text: string, at: number): number {
  let end = at
  for (;;) {
    while (/\s/.test(text.charAt(end))) end++
    if (text[end] !== '#') return end
    end = lineEnd(text, end)
  }
}

/** Behind a key with its dots and the blanks after it. @throws Error where there is none */
export function keyEnd(text: string, at: number): number {
  let end = blankEnd(text, at)
  for (;;) {
    const sign = text[end]
    const to = sign === '"' || sign === "'" ? stringEnd(text, end) : matchEnd(BARE, text, end)
    if (to === end) throw new Error(`no key at ${end}`)
    end = blankEnd(text, to)
    if (text[end] !== '.') return end
    end = blankEnd(text, end + 1)
  }
}

/** The names of a key that stands between two places. */
export function keyPath(text: string, from: number, to: number): string[] {
  const names: string[] = []
  let at = blankEnd(text, from)
  while (at < to) {
    const sign = text[at]
    const isQuoted = sign === '"' || sign === "'"
    const end = isQuoted ? stringEnd(text, at) : matchEnd(BARE, text, at)
    if (end === at) throw new Error(`no key at ${at}`)
    const inner = text.slice(at + 1, end - 1)
    names.push(!isQuoted ? text.slice(at, end) : sign === '"' ? unescapeToml(inner) : inner)
    at = blankEnd(text, end)
    if (text[at] === '.') at = blankEnd(text, at + 1)
  }
  return names
}

/** Behind a value of any kind. @throws Error where there is none, or it does not end */
export function valueEnd(text: string, at: number, depth = 0): number {
  if (depth > MAX_DEPTH) throw new Error(`too deep at ${at}`)
  const sign = text[at]
  if (sign === '"' || sign === "'") return stringEnd(text, at)
  if (sign === '[' || sign === '{') return listEnd(text, at, sign === '[' ? ']' : '}', depth)
  const end = matchEnd(SCALAR, text, at)
  if (end === at) throw new Error(`no value at ${at}`)
  return end
}

function listEnd(text: string, at: number, close: string, depth: number): number {
  let end = gapEnd(text, at + 1)
  while (text[end] !== close) {
    if (close === '}') end = blankEnd(text, keyEnd(text, end) + 1)
    end = gapEnd(text, valueEnd(text, end, depth + 1))
    if (text[end] === ',') end = gapEnd(text, end + 1)
    else if (text[end] !== close) throw new Error(`no end of what begins at ${at}`)
  }
  return end + 1
}

/** Behind a string of one of the four kinds. */
function stringEnd(text: string, at: number): number {
  const quote = text.charAt(at)
  const isLong = text.startsWith(quote.repeat(3), at)
  let end = at + (isLong ? 3 : 1)
  for (;;) {
    const sign = text[end]
    if (sign === undefined || (!isLong && sign === '\n')) throw new Error(`no end of the string at ${at}`)
    if (sign === '\\' && quote === '"') end += 2
    else if (!isLong && sign === quote) return end + 1
    else if (isLong && text.startsWith(quote.repeat(3), end)) {
      end += 3
      // Up to two quotes may stand right before the closing three.
      for (let more = 0; more < 2 && text[end] === quote; more++) end++
      return end
    } else end++
  }
}

/** Whether there is a comment between two places; what stands in strings is none. */
export function hasCommentBetween(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const sign = text[at]
    if (sign === '#') return true
    if (sign === '"' || sign === "'") at = stringEnd(text, at) - 1
  }
  return false
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}
