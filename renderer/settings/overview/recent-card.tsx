import { ActionButton } from '../../ui/action-button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { EntryLine } from '../activity/entry-line.tsx'
import { placesIn } from '../activity/entry-words.ts'
import { RECENT_ASKED, recent } from '../activity/recent.ts'
import { Answered } from '../shell/answered.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useQuestion } from '../shell/use-question.ts'

/** The last few things that agents did. */
export function RecentCard() {
  const { move } = useSurroundings()
  const asked = useQuestion('recent', remote =>
    remote.activity({ filter: {}, before: null, limit: RECENT_ASKED }),
  )
  return (
    <Card
      title="Recent"
      action={
        <ActionButton kind="quiet" onClick={() => move({ kind: 'go', place: 'activity', wantsFocus: true })}>
          All activity
        </ActionButton>
      }
    >
      <Answered asked={asked}>
        {({ entries }) => {
          const shown = recent(entries)
          const places = placesIn(entries)
          if (shown.length === 0) {
            return (
              <Empty title="Nothing happened yet">
                What agents read, and what they ask to post, is listed here. Ask yours: what happened in
                ~town-square today?
              </Empty>
            )
          }
          return (
            <ul className="rows">
              {shown.map(entry => (
                <li key={entry.seq} className="row entry">
                  <EntryLine entry={entry} places={places} />
                </li>
              ))}
            </ul>
          )
        }}
      </Answered>
    </Card>
  )
}
