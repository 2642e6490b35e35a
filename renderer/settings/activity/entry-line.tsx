import type { AuditEntry } from '../../../shared/audit/entry.ts'
import { Name } from '../../ui/name.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ago, exact } from '../words/time-words.ts'
import { type EntryWords, entryWords } from './entry-words.ts'

const ARROWS: Record<EntryWords['way'], { sign: string; spoken: string }> = {
  to: { sign: '→', spoken: 'to' },
  from: { sign: '←', spoken: 'from' },
  none: { sign: '·', spoken: '' },
}

/** An entry on one line: what came of it, who and where, when. */
export function EntryLine({ entry, places }: { entry: AuditEntry; places: ReadonlyMap<string, string> }) {
  const now = useNow()
  const { tone, word, who, way, what } = entryWords(entry, places)
  const { sign, spoken } = ARROWS[way]
  const at = Date.parse(entry.at)
  return (
    <>
      <span className="entry-chip">
        <span className={`chip ${tone}`}>
          <Name text={word} max={24} />
        </span>
      </span>
      <span className="entry-words">
        <Name text={who} max={40} /> <span aria-hidden="true">{sign}</span>
        <span className="unseen"> {spoken} </span>{' '}
        <b>
          <Name text={what} max={100} />
        </b>
      </span>
      <time className="entry-time muted" dateTime={entry.at} title={exact(at)}>
        {ago(at, now)}
      </time>
    </>
  )
}
