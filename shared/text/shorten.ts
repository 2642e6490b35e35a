/** The first `max` code points of a text and how many were left out; never half a character. */
export function takeCharacters(text: string, max: number): { text: string; left: number } {
  if (text.length <= max) return { text, left: 0 }
  const characters = Array.from(text)
  if (characters.length <= max) return { text, left: 0 }
  return { text: characters.slice(0, max).join(''), left: characters.length - max }
}

/** One line of at most `max` characters, the last one an ellipsis where something was cut. */
export function ellipsis(text: string, max: number): string {
  const { text: head, left } = takeCharacters(text, max)
  return left === 0 ? head : `${takeCharacters(head, max - 1).text}…`
}

/** A text without its first `count` code points. */
export function dropCharacters(text: string, count: number): string {
  return Array.from(text).slice(count).join('')
}
