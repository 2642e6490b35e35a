/** Longer than any server takes: nobody reads it rendered. */
const MAX_CHARACTERS = 20_000

/** What begins a quote or a list item, as often as a line may begin so. */
const CONTAINERS = /^(?:[ \t]*(?:>|[-+*](?=\s)|\d{1,9}[.)](?=\s)))+/gm
const MARK = />|[-+*](?=\s)|\d[.)](?=\s)/g
const MAX_DEPTH = 30

/** Why a text is shown as it stands only; undefined where its Markdown can be shown. */
export function whyNotRendered(text: string): string | undefined {
  if (text.length > MAX_CHARACTERS) return 'It is too long to be shown as others will see it.'
  for (const [containers] of text.matchAll(CONTAINERS)) {
    // A parser needs minutes for those, or falls over.
    if ((containers.match(MARK)?.length ?? 0) > MAX_DEPTH)
      return 'It has quotes or lists too deep in each other to be shown as others will see it.'
  }
  return undefined
}
