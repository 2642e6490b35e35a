/** Codex cuts the middle out of longer texts, which would break JSON in two. */
const MAX_PART_CHARACTERS = 10_000

/** What one item of a list may take of a result, in characters. */
const MAX_ITEM_CHARACTERS = 1_500

/** A result in the two forms that a client may show, with the same facts in both. */
export type Rendered = { structured: Record<string, unknown>; text: string }

type Pieces<Output> = { output: Output; cut?: { size: number; keep(count: number): Output } }

/** The longest text that one item of a list may have where a result may have `maxCharacters`. */
export function itemCharacters(maxCharacters: number): number {
  return Math.min(MAX_ITEM_CHARACTERS, Math.max(60, Math.floor((maxCharacters - 800) / 4)))
}

/**
 * Renders a result with as many of its pieces as fit.
 *
 * Cuts only between pieces, so that both forms stay whole; each has at most 10,000 characters and the two together,
 * as they go over the wire, at most `maxCharacters`.
 */
export function fitResult<Output>(
  result: Pieces<Output>,
  text: (output: Output) => string,
  maxCharacters: number,
): Rendered {
  const render = (output: Output): Rendered => ({
    structured: output as Record<string, unknown>,
    text: text(output),
  })
  const whole = render(result.output)
  const { cut } = result
  if (cut === undefined || fits(whole, maxCharacters)) return whole
  let most = 0
  let least = cut.size
  while (most + 1 < least) {
    const middle = (most + least) >> 1
    if (fits(render(cut.keep(middle)), maxCharacters)) most = middle
    else least = middle
  }
  return render(cut.keep(most))
}

function fits({ structured, text }: Rendered, maxCharacters: number): boolean {
  const data = JSON.stringify(structured)
  if (text.length > MAX_PART_CHARACTERS || data.length > MAX_PART_CHARACTERS) return false
  return (
    JSON.stringify({ content: [{ type: 'text', text }], structuredContent: structured }).length <=
    maxCharacters
  )
}
