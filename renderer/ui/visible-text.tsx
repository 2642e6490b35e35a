import { visibleParts } from '../../shared/text/visible.ts'
import { UnseenMark } from './unseen-mark.tsx'

/** A text to the letter, with everything in it made visible that would not show. */
export function VisibleText({ text }: { text: string }) {
  return visibleParts(text).map((part, index) =>
    part.kind === 'text' ? (
      part.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other identity
      <UnseenMark key={index} code={part.code} />
    ),
  )
}
