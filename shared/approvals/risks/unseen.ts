import { cleanText } from '../../text/clean.ts'

/** A character that a reader does not see, or that changes how the text around it is read. */
export type UnseenRisk = {
  /** E.g. `U+202E`; `…` for all those together that are not named. */
  code: string
  name: string
  count: number
}

const MAX_KINDS = 20

/** The characters of a text that do not show, each kind once, most frequent first; all `cleanText` takes for unseen. */
export function unseenIn(text: string): UnseenRisk[] {
  // Line ends of Windows are no more than that.
  const source = text.replace(/\r\n/g, '\n')
  const cleaned = cleanText(source)
  if (cleaned === source) return []
  const counts = countCharacters(source)
  for (const [character, count] of countCharacters(cleaned)) {
    counts.set(character, (counts.get(character) ?? 0) - count)
  }
  const found = [...counts]
    .filter(([, count]) => count > 0)
    .map(([character, count]) => ({ ...describe(character.codePointAt(0) ?? 0), count }))
    .sort((a, b) => b.count - a.count)
  if (found.length <= MAX_KINDS) return found
  const rest = found.slice(MAX_KINDS - 1).reduce((sum, { count }) => sum + count, 0)
  return [...found.slice(0, MAX_KINDS - 1), { code: '…', name: 'others', count: rest }]
}

function countCharacters(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return counts
}

function describe(code: number): Omit<UnseenRisk, 'count'> {
  const hex = code.toString(16).toUpperCase().padStart(4, '0')
  const name = NAMES.find(([first, last]) => code >= first && code <= last)?.[2] ?? 'invisible character'
  return { code: `U+${hex}`, name }
}

const NAMES: [first: number, last: number, name: string][] = [
  [0x00, 0x1f, 'control character'],
  [0x7f, 0x9f, 'control character'],
  [0xad, 0xad, 'soft hyphen'],
  [0x034f, 0x034f, 'grapheme joiner'],
  [0x061c, 0x061c, 'bidi mark'],
  [0x115f, 0x1160, 'blank letter'],
  [0x180b, 0x180d, 'variation selector'],
  [0x180f, 0x180f, 'variation selector'],
  [0x200b, 0x200b, 'zero-width space'],
  [0x200c, 0x200c, 'zero-width non-joiner'],
  [0x200d, 0x200d, 'zero-width joiner'],
  [0x200e, 0x200f, 'bidi mark'],
  [0x2028, 0x2028, 'line separator'],
  [0x2029, 0x2029, 'paragraph separator'],
  [0x202a, 0x202c, 'bidi embedding'],
  [0x202d, 0x202e, 'bidi override'],
  [0x2060, 0x2060, 'word joiner'],
  [0x2066, 0x2069, 'bidi isolate'],
  [0x2800, 0x2800, 'blank letter'],
  [0x3164, 0x3164, 'blank letter'],
  [0xd800, 0xdfff, 'half a character'],
  [0xfe00, 0xfe0f, 'variation selector'],
  [0xfeff, 0xfeff, 'zero-width no-break space'],
  [0xffa0, 0xffa0, 'blank letter'],
  [0xe0000, 0xe007f, 'tag character'],
  [0xe0100, 0xe01ef, 'variation selector'],
]
