import type { KosmoError } from '../../../shared/errors.ts'
import { cleanLine } from '../../../shared/text/clean.ts'

/** A failure's first sentence, which says what is wrong, and the others, which say what to do. */
export function inTwo({ message }: KosmoError): { said: string; todo?: string } {
  const text = cleanLine(message)
  const end = text.search(/\. (?=[A-Z])/)
  return end === -1 ? { said: text } : { said: text.slice(0, end + 1), todo: text.slice(end + 2) }
}
