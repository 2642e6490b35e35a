import type { AuditEntry } from '../../../shared/audit/entry.ts'
import { Chip } from '../../ui/chip.tsx'
import { Name } from '../../ui/name.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ago, exact } from '../words/time-words.ts'
import { type EntryWords, entryWords } from './entry-words.ts'

/** An entry on one line: what came of it, who and where, when. */
export function EntryLine({ entry, places }: { entry: AuditEntry; places: ReadonlyMap<string, string> }) {
  const now = useNow()
  const { tone, word, who, way, what } = entryWords(entry, places)
  const at = Date.parse(entry.at)
  return (
    <>
      <span className="entry-chip">
        <Chip tone={tone}>
          <Name text={word} max={24} />
        </Chip>
      </span>
      <span className="entry-words">
        <Name text={who} max={40} /> <Way way={way} />{' '}
        {what !== '' && (
          <b>
            <Name text={what} max={100} />
          </b>
        )}
      </span>
      <time className="entry-time muted" dateTime={entry.at} title={exact(at)}>
        {ago(at, now)}
      </time>
    </>
  )
}

function Way({ way }: Pick<EntryWords, 'way'>) {
  if (way.kind === 'did') return <Name text={way.words} />
  return (
    <>
      <span aria-hidden="true">{way.kind === 'to' ? '→' : '←'}</span>
      <span className="unseen"> {way.kind} </span>
    </>
  )
}
