import type { Reader } from './reader.ts'

/** Codex cuts the middle out of longer texts, which would break JSON in two. */
const MAX_PART_CHARACTERS = 10_000

/** What one item of a list may take of a result, in characters. */
const MAX_ITEM_CHARACTERS = 1_500

/** Shorter texts, tried where not even one item fits. */
const SHORTER_ITEMS = [400, 150, 60, 20]

/** A result in the two forms that a client may show, with the same facts in both. */
export type Rendered = { structured: Record<string, unknown>; text: string }

/** A result that can be told with fewer items, and with less of each. */
export type Pieces<Output> = {
  output: Output
  cut?: {
    /** How many items there are. */
    size: number
    /** With fewer items than this the texts are made shorter first; default 1. */
    enough?: number
    /**
     * The output with at most `count` items, each text of at most `itemChars` characters. It says what was left out and
     * how to get it.
     */
    keep(count: number, itemChars: number): Output
  }
}

/** The longest text that one item of a list may have where a result may have `maxCharacters`. */
export function itemCharacters(maxCharacters: number, reader?: Reader): number {
  if (reader === 'program') return maxCharacters
  return Math.min(MAX_ITEM_CHARACTERS, Math.max(60, Math.floor((maxCharacters - 800) / 4)))
}

/**
 * Renders a result with as many of its items as fit, and where not even one does, with less of each.
 *
 * Cuts only between items, so that both forms stay whole; for a model each has at most 10,000 characters. The two
 * together, as they go over the wire, have at most `maxCharacters`.
 */
export function fitResult<Output>(
  result: Pieces<Output>,
  text: (output: Output) => string,
  maxCharacters: number,
  reader?: Reader,
): Rendered {
  const maxPart = reader === 'program' ? maxCharacters : MAX_PART_CHARACTERS
  const attempt = (output: Output) => attemptOf(output, text, maxCharacters, maxPart)
  const { cut } = result
  const whole = attempt(result.output)
  if (cut === undefined || whole.fill <= 1) return whole.rendered()
  const full = itemCharacters(maxCharacters, reader)
  let best: Best = { count: 0, attempt: undefined }
  for (const itemChars of [full, ...SHORTER_ITEMS.filter(shorter => shorter < full)]) {
    const found = most(cut.size, count => attempt(cut.keep(count, itemChars)))
    if (found.count > best.count) best = found
    if (best.count >= Math.min(cut.size, cut.enough ?? 1)) break
  }
  return (best.attempt ?? attempt(cut.keep(0, SHORTER_ITEMS.at(-1) ?? 0))).rendered()
}

type Best = { count: number; attempt: Attempt | undefined }

/**
 * The largest count up to `size` that fits; more items never make a result shorter. To try one is dear, so it looks
 * where the limit would be if all items were alike, and around that.
 */
function most(size: number, attemptOf: (count: number) => Attempt): Best {
  let good = 0
  let attempt: Attempt | undefined
  let bad = size + 1
  let tried = size
  let step = 1
  while (good + 1 < bad) {
    const now = attemptOf(tried)
    if (now.fill <= 1) {
      good = tried
      attempt = now
    } else bad = tried
    const guess = Math.floor(tried / now.fill)
    // Near the limit the guess is that count again: then one more or less, two, four, as far as it takes.
    const next = guess > good && guess < bad ? guess : now.fill <= 1 ? good + step : bad - step
    step *= 2
    tried = next > good && next < bad ? next : (good + bad) >> 1
  }
  return { count: good, attempt }
}

/** A rendering, and how full the fullest of its limits is; up to 1 fits. */
type Attempt = { fill: number; rendered(): Rendered }

/** What does not fit is not rendered further than to know it. */
function attemptOf<Output>(
  output: Output,
  textOf: (output: Output) => string,
  maxCharacters: number,
  maxPart: number,
): Attempt {
  const structured = output as Record<string, unknown>
  let text: string | undefined
  const rendered = () => {
    text ??= textOf(output)
    return { structured, text }
  }
  const data = JSON.stringify(structured).length
  const dataFill = Math.max(data / maxPart, (AROUND_PARTS + data) / maxCharacters)
  if (dataFill > 1) return { fill: dataFill, rendered }
  const told = rendered().text
  const textFill = told.length / maxPart
  if (textFill > 1) return { fill: textFill, rendered }
  const whole = AROUND_PARTS + data + JSON.stringify(told).length
  return { fill: Math.max(dataFill, textFill, whole / maxCharacters), rendered }
}

/** What stands around the two parts of a result on the wire. */
const AROUND_PARTS =
  JSON.stringify({ content: [{ type: 'text', text: '' }], structuredContent: 0 }).length - 3
