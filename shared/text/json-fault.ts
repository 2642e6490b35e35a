const BLANK = /[ \t\n\r]*/y
const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y

/**
 * Where a text stops being JSON, as an editor counts (from 1); undefined where it is JSON throughout. The engine's
 * own message gives a place for some faults only, and in words that change with its version.
 */
export function jsonFault(text: string): { line: number; column: number } | undefined {
  const at = faultAt(text)
  if (at === undefined) return undefined
  const lines = text.slice(0, at).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

type Expected = 'value' | 'key' | 'colon' | 'next'

function faultAt(text: string): number | undefined {
  /** The brackets that are open, as what closes them. */
  const open: ('}' | ']')[] = []
  let expected: Expected = 'value'
  /** Just behind an opening bracket, where it may close at once. */
  let fresh = false
  let at = end(BLANK, text, 0)
  while (at < text.length) {
    const sign = text.charAt(at)
    let to = at + 1
    if ((fresh || expected === 'next') && sign === open.at(-1)) {
      open.pop()
      expected = 'next'
      fresh = false
    } else if (expected === 'next') {
      if (sign !== ',' || open.length === 0) return at
      expected = open.at(-1) === '}' ? 'key' : 'value'
    } else if (expected === 'colon') {
      if (sign !== ':') return at
      expected = 'value'
    } else if (expected === 'value' && (sign === '{' || sign === '[')) {
      open.push(sign === '{' ? '}' : ']')
      expected = sign === '{' ? 'key' : 'value'
      fresh = true
    } else {
      to = end(STRING, text, at)
      if (to === at && expected === 'value') to = end(SCALAR, text, at)
      if (to === at) return at
      expected = expected === 'key' ? 'colon' : 'next'
      fresh = false
    }
    at = end(BLANK, text, to)
  }
  return expected === 'next' && open.length === 0 ? undefined : at
}

/** Where a match that begins at `from` ends; `from` where there is none. */
function end(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : from
}
