import { cleanText } from './clean.ts'

/** A piece of a text: as it stands there, or one character that would not show, by its code, e.g. `U+202E`. */
export type VisiblePart = { kind: 'text'; text: string } | { kind: 'unseen'; code: string }

/** A text in pieces, with every character on its own that would not show or would reorder its surroundings. */
export function visibleParts(text: string): VisiblePart[] {
  if (cleanText(text) === text) return text === '' ? [] : [{ kind: 'text', text }]
  const parts: VisiblePart[] = []
  let seen = ''
  const add = (part: VisiblePart) => {
    if (seen !== '') parts.push({ kind: 'text', text: seen })
    seen = ''
    parts.push(part)
  }
  for (const { segment } of SEGMENTS.segment(text)) {
    if (cleanText(segment) === segment) seen += segment
    else
      for (const character of segment) {
        if (cleanText(character) === character) seen += character
        else add({ kind: 'unseen', code: codeOf(character) })
      }
  }
  if (seen !== '') parts.push({ kind: 'text', text: seen })
  return parts
}

/**
 * A text as it will be sent, with everything unseen made visible: `‹U+202E›` for a character that would not show or
 * would reorder its surroundings. For people who decide on a text; what is sent stays as it is.
 */
export function visibleText(text: string): string {
  return visibleParts(text)
    .map(part => (part.kind === 'text' ? part.text : `‹${part.code}›`))
    .join('')
}

const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' })

function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
