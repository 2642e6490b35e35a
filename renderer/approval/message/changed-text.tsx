import { memo } from 'react'
import { VisibleText } from '../../ui/visible-text.tsx'
import { type Piece, textChanges } from './text-changes.ts'
import './changed-text.css'

const MARK = { same: ' ', added: '+', removed: '−' } as const
const SPOKEN = { same: undefined, added: 'new line: ', removed: 'line taken out: ' } as const

/** What the person changed: every line of the text, what went struck out, what came underlined. */
export const ChangedText = memo(function ChangedText({ before, after }: { before: string; after: string }) {
  return (
    <div className="changed-text">
      {textChanges(before, after).map(({ kind, pieces }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
        <div className={`line ${kind}`} key={index}>
          <span className="mark" aria-hidden="true">
            {MARK[kind]}
          </span>
          <span dir="auto">
            {SPOKEN[kind] !== undefined && <span className="unseen">{SPOKEN[kind]}</span>}
            {pieces.map((piece, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line have no other identity
              <PieceText key={at} piece={piece} />
            ))}
          </span>
        </div>
      ))}
    </div>
  )
})

function PieceText({ piece: { kind, text } }: { piece: Piece }) {
  const words = <VisibleText text={text} />
  if (kind === 'added') return <ins>{words}</ins>
  return kind === 'removed' ? <del>{words}</del> : words
}
