import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { AuditEntry } from '../../../shared/audit/entry.ts'
import type { ActivityCursor, ActivityFilter } from '../../../shared/protocol/activity-methods.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Answered } from '../shell/answered.tsx'
import { useQuestion } from '../shell/use-question.ts'
import { count } from '../words/count-words.ts'
import { ActivityPager } from './activity-pager.tsx'
import { EntryLine } from './entry-line.tsx'
import { EntryModal } from './entry-modal.tsx'
import { placesIn } from './entry-words.ts'

/** As many as are looked through before going on. */
const PAGE = 50

type ActivityListProps = {
  filter: ActivityFilter
  isNarrowed: boolean
  onClear: () => void
  onEntries: (entries: readonly AuditEntry[]) => void
}

/** The entries, a page at a time: only what is on the screen is asked for, however long the log is. */
export function ActivityList({ filter, isNarrowed, onClear, onEntries }: ActivityListProps) {
  /** Where each page begins, the one on the screen last. */
  const [pages, setPages] = useState<readonly (ActivityCursor | null)[]>([null])
  const [opened, setOpened] = useState<AuditEntry>()
  const before = pages.at(-1) ?? null
  const asked = useQuestion(JSON.stringify(before), remote =>
    remote.activity({ filter, before, limit: PAGE }),
  )
  const tell = useEffectEvent(onEntries)
  const answer = asked.kind === 'answered' ? asked.value : undefined
  const entries = answer?.entries
  useEffect(() => {
    if (entries !== undefined) tell(entries)
  }, [entries])
  const top = useRef<HTMLUListElement>(null)
  const turn = (next: readonly (ActivityCursor | null)[]) => {
    setPages(next)
    top.current?.closest('main')?.scrollTo(0, 0)
  }
  const older = () => {
    if (answer === undefined || answer.next === null) return
    // A page on which nothing was found is none to come back to; the first one is, for what is new.
    const isEmpty = answer.entries.length === 0 && pages.length > 1
    turn([...(isEmpty ? pages.slice(0, -1) : pages), answer.next])
  }
  return (
    <>
      <Answered asked={asked} waiting="Reading the log…">
        {({ entries: shown, unreadable, lookedBackTo }) => (
          <>
            {unreadable > 0 && (
              <Notice tone="warn" title={`${count(unreadable, 'line')} could not be read.`}>
                They are no entries any more, or never were. Verify says what happened to the log.
              </Notice>
            )}
            {shown.length === 0 ? (
              <NoEntries isNarrowed={isNarrowed} isAllSeen={lookedBackTo === undefined} onClear={onClear} />
            ) : (
              <ul className="rows" ref={top}>
                {shown.map(entry => (
                  <li key={entry.seq}>
                    <button type="button" className="row entry" onClick={() => setOpened(entry)}>
                      <EntryLine entry={entry} places={placesIn(shown)} />
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Answered>
      <ActivityPager
        page={pages.length}
        answer={answer && { hasMore: answer.next !== null, lookedBackTo: answer.lookedBackTo }}
        onNewer={() => turn(pages.slice(0, -1))}
        onOlder={older}
      />
      <EntryModal entry={opened} onClose={() => setOpened(undefined)} />
    </>
  )
}

type NoEntriesProps = {
  isNarrowed: boolean
  /** Whether there is nothing older that was not looked at. */
  isAllSeen: boolean
  onClear: () => void
}

function NoEntries({ isNarrowed, isAllSeen, onClear }: NoEntriesProps) {
  if (!isAllSeen) {
    return (
      <Empty
        title="No entry is like this so far"
        action={isNarrowed && <ActionButton onClick={onClear}>Show everything</ActionButton>}
      >
        The log is longer than what is looked through at once. Look further below, or choose less above.
      </Empty>
    )
  }
  if (!isNarrowed) {
    return (
      <Empty title="Nothing happened yet">
        Each call of an agent and each answer of yours is listed here. Nothing is sent that is not.
      </Empty>
    )
  }
  return (
    <Empty
      title="No entry is like this"
      action={<ActionButton onClick={onClear}>Show everything</ActionButton>}
    >
      Choose less above, or look at everything.
    </Empty>
  )
}
