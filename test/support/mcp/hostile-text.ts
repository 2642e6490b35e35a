import fc from 'fast-check'

const PIECES = [
  ...['a', 'Z', '1', '#', '*', ' ', 'ä', 'é', '日', '\n', '\t', '\r', '\r\n', '`', '@', '.'],
  ...['👩', '💻', '❤', '😀', '🏽', '🇩', '👩‍💻', '❤️', '1️⃣', '👨‍👩‍👧'],
  ...['\u200d', '\ufe0f', '\ufe0e', '\u200b', '\u200e', '\u202e', '\u2066', '\u2028', '\ufeff', '\u00ad'],
  ...[
    '\u0000',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u{e0041}',
    '\u{e0100}',
    '\ud800',
    '\udc00',
    '\ue000',
    '\ue001',
  ],
  ...['\u3164', '\u2800', '\u034f', '\u180e', '\u2065', '\ufff0', '\u20e3', '\u0301'],
]

/** Texts in which visible and invisible characters, emoji and their glue meet in every way. */
export const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map(pieces => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
)

/** What is invisible by Unicode's own word, but line feed and tab. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u

/** The selector is seen in what it makes an emoji of, the joiner between two emoji. */
const SEEN_SELECTOR = /(?<=\p{Extended_Pictographic})\ufe0f|(?<=[0-9#*])\ufe0f(?=\u20e3)/gu
const SEEN_JOINER =
  /(?<=(?:\p{Extended_Pictographic}|\p{Emoji_Modifier})\ufe0f?)\u200d(?=\p{Extended_Pictographic})/gu

/** The code points of a text that do not show, as `U+200B`. */
export function unseenIn(text: string): string[] {
  return Array.from(text.replace(SEEN_JOINER, '').replace(SEEN_SELECTOR, ''))
    .filter(character => UNSEEN.test(character) && character !== '\n' && character !== '\t')
    .map(character => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
}
