/** Answers up to this size are read as they are: what is in them fits into memory whatever it is. */
const SMALL_BYTES = 2 * 1024 * 1024

/**
 * Values in one answer, and more than the largest ones have: all channels of somebody who is in thirty thousand. What is
 * a few bytes on the way takes a hundred in memory.
 */
const MAX_PARTS = 1_000_000

/** Looked at before all is counted: counting takes longer than reading. */
const SAMPLES = 128
const SAMPLE_BYTES = 512
/** In one sample. Posts and channels have up to 40. */
const MANY_IN_SAMPLE = 64

const [QUOTE, BACKSLASH, COMMA, BRACKET, BRACE] = [0x22, 0x5c, 0x2c, 0x5b, 0x7b]

/** Whether JSON holds so many values, e.g. empty objects or nested lists, that reading it would take all memory. */
export function hasTooManyParts(json: Buffer): boolean {
  if (json.length <= SMALL_BYTES || !isDenseSomewhere(json)) return false
  let parts = 0
  for (let at = 0; at < json.length; ) {
    const text = indexOrEnd(json, at)
    for (; at < text; at++) {
      if (beginsPart(json[at]) && ++parts > MAX_PARTS) return true
    }
    at = endOfText(json, text + 1)
  }
  return false
}

/** Whether anywhere there is so little between the signs as an answer with that many values must have. */
function isDenseSomewhere(json: Buffer): boolean {
  const step = Math.floor(json.length / SAMPLES)
  for (let start = 0; start < json.length; start += step) {
    const sample = json.subarray(start, start + SAMPLE_BYTES)
    if (sample.filter(beginsPart).length >= MANY_IN_SAMPLE) return true
  }
  return false
}

function beginsPart(byte: number | undefined): boolean {
  return byte === COMMA || byte === BRACKET || byte === BRACE
}

/** Where what follows the text is that begins at `from`, behind its quote. */
function endOfText(json: Buffer, from: number): number {
  for (let at = from; ; at++) {
    at = indexOrEnd(json, at)
    let escapes = 0
    while (at - escapes > from && json[at - escapes - 1] === BACKSLASH) escapes++
    if (escapes % 2 === 0 || at === json.length) return at + 1
  }
}

function indexOrEnd(json: Buffer, from: number): number {
  const index = json.indexOf(QUOTE, from)
  return index === -1 ? json.length : index
}
