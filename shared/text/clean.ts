/**
 * Characters that a reader cannot see or that change how the text around them is read: C0 and C1 controls but
 * tab and line feed, bidi marks and overrides, zero-width and other format characters, line and paragraph
 * separators, the tag block, variation selectors, fillers that render as nothing. Lone surrogates go too.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/u

/** Inside an emoji, the joiner and the emoji selector are what holds it together: 👩‍💻, ❤️, 1️⃣. */
const EMOJI_GLUE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: the joiner and the selector are meant alone
  /(?<=\p{Extended_Pictographic})\ufe0f|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<=\p{Extended_Pictographic}[\p{Emoji_Modifier}\ufe0f]?)\u200d(?=\p{Extended_Pictographic})/u

/** Glue first, to be kept. One pass over the text as it came: what is taken out must not make glue of what is left. */
const GLUE_OR_UNSEEN = `(${EMOJI_GLUE.source})|\\r\\n?|${UNSEEN.source}`
/** Made by the first text that needs it: a client's start waits for none. */
let glueOrUnseen: RegExp | undefined
const PLAIN = /^[\n\t\x20-\x7e]*$/

/**
 * Chat text as data that is safe to show: nothing in it is invisible, reorders its surroundings or drives a
 * terminal. Tabs and line feeds stay, `\r\n` becomes `\n`.
 */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text
  glueOrUnseen ??= new RegExp(GLUE_OR_UNSEEN, 'gu')
  return text.replace(glueOrUnseen, (found: string, glue: string | undefined) => {
    if (glue !== undefined || found === '\n' || found === '\t') return found
    return found.startsWith('\r') ? '\n' : ''
  })
}

/** Like `cleanText`, on one line: line breaks and runs of white space become one space. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim()
}
