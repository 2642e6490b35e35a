import { cleanText } from './clean.ts'

/**
 * A text as it will be sent, with everything unseen made visible: `‹U+202E›` for a character that would not show or
 * would reorder its surroundings. For people who decide on a text; what is sent stays as it is.
 */
export function visibleText(text: string): string {
  let shown = ''
  for (const { segment } of SEGMENTS.segment(text)) {
    shown += cleanText(segment) === segment ? segment : Array.from(segment, visibleCharacter).join('')
  }
  return shown
}

const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' })

function visibleCharacter(character: string): string {
  if (cleanText(character) === character) return character
  const code = character.codePointAt(0) ?? 0
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`
}
