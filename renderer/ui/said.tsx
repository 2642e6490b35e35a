import { cleanLine } from '../../shared/text/clean.ts'
import { ellipsis } from '../../shared/text/shorten.ts'

/** A sentence that the app or another program said; it may quote a file or a server. */
export function Said({ text }: { text: string }) {
  return <span className="said">{ellipsis(cleanLine(text), 1_200)}</span>
}
