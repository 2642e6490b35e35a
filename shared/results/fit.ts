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
  const render = (output: Output): Rendered => ({
    structured: output as Record<string, unknown>,
    text: text(output),
  })
  const whole = render(result.output)
  const { cut } = result
  const maxPart = reader === 'program' ? maxCharacters : MAX_PART_CHARACTERS
  const isGood = (rendered: Rendered) => fits(rendered, maxCharacters, maxPart)
  if (cut === undefined || isGood(whole)) return whole
  const full = itemCharacters(maxCharacters, reader)
  let best = { count: 0, itemChars: SHORTER_ITEMS.at(-1) ?? 0 }
  for (const itemChars of [full, ...SHORTER_ITEMS.filter(shorter => shorter < full)]) {
    const count = most(cut.size, tried => isGood(render(cut.keep(tried, itemChars))))
    if (count > best.count) best = { count, itemChars }
    if (best.count >= Math.min(cut.size, cut.enough ?? 1)) break
  }
  return render(cut.keep(best.count, best.itemChars))
}

/** The largest count up to `size` that is still good; more items never make a result shorter. */
function most(size: number, isGood: (count: number) => boolean): number {
  let good = 0
  let bad = size + 1
  while (good + 1 < bad) {
    const middle = (good + bad) >> 1
    if (isGood(middle)) good = middle
    else bad = middle
  }
  return good
}

/** What stands around the two parts of a result on the wire. */
const AROUND_PARTS =
  JSON.stringify({ content: [{ type: 'text', text: '' }], structuredContent: 0 }).length - 3

function fits({ structured, text }: Rendered, maxCharacters: number, maxPart: number): boolean {
  if (text.length > maxPart) return false
  const data = JSON.stringify(structured).length
  return data <= maxPart && AROUND_PARTS + data + JSON.stringify(text).length <= maxCharacters
}
