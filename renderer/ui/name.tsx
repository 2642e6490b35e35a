import { cleanLine } from '../../shared/text/clean.ts'
import { ellipsis } from '../../shared/text/shorten.ts'

/** A name from outside: one line, nothing unseen in it, and apart from the words around it whichever way it reads. */
export function Name({ text, max = 80 }: { text: string; max?: number }) {
  const line = cleanLine(text)
  return <bdi className="name">{line === '' ? '(no name)' : ellipsis(line, max)}</bdi>
}
