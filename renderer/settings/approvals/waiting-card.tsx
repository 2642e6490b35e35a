import type { Approval } from '../../../shared/approvals/approval.ts'
import { clientLabel } from '../../../shared/desktop/labels.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Name } from '../../ui/name.tsx'
import { PathText } from '../../ui/path-text.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Answered } from '../shell/answered.tsx'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { useQuestion } from '../shell/use-question.ts'
import { count } from '../words/count-words.ts'
import { left } from '../words/time-words.ts'

/** Requests that wait, each with the way to its window. */
export function WaitingCard() {
  const asked = useQuestion('waiting', async remote => {
    const [approvals, { pending }] = await Promise.all([remote.listApprovals({}), remote.status({})])
    return { approvals, more: pending - approvals.length }
  })
  return (
    <Card title="Waiting for you">
      <Answered asked={asked}>
        {({ approvals, more }) =>
          approvals.length === 0 ? (
            <Empty title="Nothing waits for you">
              When an agent wants to post, a window shows you exactly what. Nothing is sent until you say so.
            </Empty>
          ) : (
            <ul className="rows">
              {approvals.map(approval => (
                <WaitingRow key={approval.id} approval={approval} />
              ))}
              {more > 0 && (
                <li className="row muted">
                  {count(more, 'more post waits', 'more posts wait')} behind these, and come up as these are
                  answered.
                </li>
              )}
            </ul>
          )
        }
      </Answered>
    </Card>
  )
}

function WaitingRow({ approval }: { approval: Approval }) {
  const { remote, homeDirectory } = useSurroundings()
  const now = useNow()
  const { id, asker, subject, expiresAt } = approval
  const show = useAction(() => remote.showApprovals({ id }))
  return (
    <li className="row">
      <div className="row-main">
        <div className="row-words">
          <div>
            <Name text={clientLabel(asker.client)} /> <span aria-hidden="true">→</span>
            <span className="unseen"> to </span>{' '}
            <b>
              <Name text={subject.place} />
            </b>
          </div>
          <PathText path={asker.workspace} home={homeDirectory} />
        </div>
      </div>
      <div className="row-said muted">{left(expiresAt, now)}</div>
      <div className="row-end">
        <ActionButton isBusy={show.isBusy} onClick={() => show.run()}>
          Show
          <span className="unseen">
            {' '}
            the post to <Name text={subject.place} />
          </span>
        </ActionButton>
      </div>
      {show.failure !== undefined && <Failure failure={show.failure} again={() => show.run()} />}
    </li>
  )
}
