import { outsideCode } from './outside-code.ts'

/**
 * The server splits a text into words of letters, digits and `:.-_@`, trims `:.-_` in front and tries every prefix
 * of a word that ends before one of them: `@all_of_you` and `@here-now` notify, `a@here` and `@alls` do not.
 */
const WIDE = /(?<![\p{L}\p{N}@])@(channel|all|here)(?![\p{L}\p{N}@])/giu

/**
 * The mentions in a message that notify everybody (`channel`, `all`, `here`), each once, in order.
 *
 * Where it cannot be told whether one is inside code, it counts: asking once too often is the smaller harm.
 */
export function wideMentions(message: string): string[] {
  const found = new Set<string>()
  for (const match of outsideCode(message).matchAll(WIDE)) {
    found.add((match[1] ?? '').toLowerCase())
  }
  return [...found]
}
