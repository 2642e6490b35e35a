// Go escapes these so that JSON may stand inside HTML; JSON.stringify does not.
const ESCAPED: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

/** JSON as Go writes it: HTML characters escaped, \b and \f in long form. */
export function goJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[<>&\u2028\u2029]/g, letter => ESCAPED[letter] ?? letter)
    .replace(/(?<!\\)((?:\\\\)*)\\([bf])/g, (_, before: string, letter: string) => {
      return `${before}\\u00${letter === 'b' ? '08' : '0c'}`
    })
}

/** Go writes the keys of a map (props, posts) sorted. */
export function sortedKeys<T>(map: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Reads the first JSON value of a body and ignores what follows it, as Go's stream decoder does.
 * Returns undefined for what is not JSON. Lone surrogates become U+FFFD, the last of two equal keys wins.
 */
export function decodeFirst(text: string): unknown {
  const whole = parse(text)
  if (whole !== undefined) return repaired(whole)
  const end = endOfFirstValue(text)
  return end === undefined ? undefined : repaired(parse(text.slice(0, end)))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function endOfFirstValue(text: string): number | undefined {
  let depth = 0
  let inString = false
  for (let place = 0; place < text.length; place++) {
    const letter = text[place]
    if (inString) {
      if (letter === '\\') place++
      else if (letter === '"') inString = false
    } else if (letter === '"') inString = true
    else if (letter === '{' || letter === '[') depth++
    else if (letter === '}' || letter === ']') {
      depth--
      if (depth <= 0) return place + 1
    }
  }
  return undefined
}

function repaired(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(repaired)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toWellFormed(), repaired(inner)]),
  )
}
