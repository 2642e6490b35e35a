/** Answers up to this size are read as they are: what is in them fits into memory whatever it is. */
const SMALL_BYTES = 1024 * 1024

/**
 * Values in one answer, and more than the largest ones have: all channels of somebody who is in thirty thousand. What is
 * a few bytes on the way takes a hundred in memory.
 */
const MAX_PARTS = 1_000_000

const [QUOTE, BACKSLASH, COMMA, BRACKET, BRACE] = [0x22, 0x5c, 0x2c, 0x5b, 0x7b]

/** Whether JSON holds so many values, e.g. empty objects or nested lists, that reading it would take all memory. */
export function hasTooManyParts(json: Buffer): boolean {
  if (json.length <= SMALL_BYTES) return false
  let parts = 0
  let quoted = false
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]
    if (byte === QUOTE) quoted = !quoted
    else if (quoted && byte === BACKSLASH) at++
    else if (!quoted && (byte === COMMA || byte === BRACKET || byte === BRACE) && ++parts > MAX_PARTS)
      return true
  }
  return false
}
