/** A block fenced by three or more backticks or tildes; one that is never closed runs to the end. */
const FENCED =
  /^ {0,3}(?:(`{3,})[^`\n]*|(~{3,})[^\n]*)\n[\s\S]*?(?:^ {0,3}(?:\1|\2)[`~]*[ \t]*$|(?![\s\S]))/gm

/** Code within one paragraph, between two runs of equally many backticks; `\`` opens none. */
const INLINE_CODE = /(?<![\\`])(`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])*?(?<!`)\1(?!`)/g

/**
 * The server splits a text into words of letters, digits and `:.-_@`, trims `:.-_` in front and tries every prefix
 * of a word that ends before one of them: `@all_of_you` and `@here-now` notify, `a@here` and `@alls` do not.
 */
const WIDE = /(?<![\p{L}\p{N}@])@(channel|all|here)(?![\p{L}\p{N}@])/giu

/**
 * The mentions in a message that notify everybody (`channel`, `all`, `here`), each once, in order.
 *
 * Mattermost does not notify for mentions inside code, so those do not count. Where the reading of the Markdown is
 * in doubt a mention counts: asking once too often is the smaller harm.
 */
export function wideMentions(message: string): string[] {
  const outsideCode = message.replace(/\r\n?/g, '\n').replace(FENCED, '\n\n').replace(INLINE_CODE, ' ')
  const found = new Set<string>()
  for (const match of outsideCode.matchAll(WIDE)) found.add((match[1] ?? '').toLowerCase())
  return [...found]
}
