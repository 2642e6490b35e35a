import { cleanLine } from '../../shared/text/clean.ts'
import { ellipsis } from '../../shared/text/shorten.ts'

/**
 * A name from outside for places that hold nothing but text, such as options and titles: one line, short, and apart
 * from the words around it whichever way it reads.
 */
export function isolated(text: string, max = 80): string {
  const line = ellipsis(cleanLine(text), max) || '(no name)'
  // First strong isolate and its end; plain names need none.
  return /^[\x20-\x7e]*$/.test(line) ? line : `\u2068${line}\u2069`
}
