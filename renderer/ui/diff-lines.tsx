import { VisibleText } from './visible-text.tsx'
import './diff-lines.css'

export type DiffLine = { kind: 'same' | 'added' | 'removed'; text: string }

const SIGNS: Record<DiffLine['kind'], { sign: string; spoken: string }> = {
  same: { sign: ' ', spoken: '' },
  added: { sign: '+', spoken: 'added: ' },
  removed: { sign: '−', spoken: 'removed: ' },
}

/** Lines of a file with what comes and what goes; everything unseen in them is made visible. */
export function DiffLines({ lines, label }: { lines: readonly DiffLine[]; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are reached by scrolling, which takes the focus
    <section className="diff" aria-label={label} tabIndex={0}>
      {numbered(lines).map(({ kind, text, number }) => (
        <div key={number} className={`diff-line ${kind}`}>
          <span aria-hidden="true">{SIGNS[kind].sign}</span>
          <span className="unseen">{SIGNS[kind].spoken}</span>
          <code>{text === '' ? ' ' : <VisibleText text={text} />}</code>
        </div>
      ))}
    </section>
  )
}

/** Lines of a file may be the same; their place is what tells them apart. */
function numbered(lines: readonly DiffLine[]): (DiffLine & { number: number })[] {
  return lines.map((line, number) => ({ ...line, number }))
}
