import { useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { AskDialog } from '../../ui/ask-dialog.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Answered } from '../shell/answered.tsx'
import { Failure } from '../shell/failure.tsx'
import { useIsShown, useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { useQuestion } from '../shell/use-question.ts'
import { GrantRow } from './grant-row.tsx'

/** Approvals that the person wanted to be remembered. */
export function GrantsCard() {
  const { remote } = useSurroundings()
  const isShown = useIsShown()
  const [isAsking, setAsking] = useState(false)
  const asked = useQuestion('grants', each => each.grants({}))
  const revokeAll = useAction(() => remote.revokeGrants({}))
  const number = asked.kind === 'answered' ? asked.value.length : 0
  return (
    <Card
      title="Posted without asking you"
      action={
        number > 1 && (
          <ActionButton kind="danger" isBusy={revokeAll.isBusy} onClick={() => setAsking(true)}>
            Revoke all…
          </ActionButton>
        )
      }
    >
      {revokeAll.failure !== undefined && (
        <Failure failure={revokeAll.failure} title="They were not revoked." again={() => revokeAll.run()} />
      )}
      <Answered asked={asked}>
        {grants =>
          grants.length === 0 ? (
            <Empty title="Nothing is remembered">
              Every post is asked about. In the approval window you can choose to remember an answer for a
              channel and a client; it is listed here then.
            </Empty>
          ) : (
            <ul className="rows">
              {grants.map(grant => (
                <GrantRow key={grant.id} grant={grant} />
              ))}
            </ul>
          )
        }
      </Answered>
      <AskDialog
        isOpen={isShown && isAsking}
        title="Revoke everything that is remembered?"
        yes="Revoke all"
        isDanger
        onNo={() => setAsking(false)}
        onYes={() => {
          setAsking(false)
          revokeAll.run()
        }}
      >
        <p>Every post is asked about again, from the next one on. What is posted already stays.</p>
      </AskDialog>
    </Card>
  )
}
