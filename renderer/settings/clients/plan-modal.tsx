import { useState } from 'react'
import type { ClientApplied, ClientPlan } from '../../../shared/protocol/client-methods.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Modal } from '../../ui/modal.tsx'
import { Name } from '../../ui/name.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Said } from '../../ui/said.tsx'
import { Answered } from '../shell/answered.tsx'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { useOnce } from '../shell/use-once.ts'
import { AppliedView } from './applied-view.tsx'
import { PlanView } from './plan-view.tsx'

type PlanModalProps = {
  client: string
  name: string
  action: 'connect' | 'disconnect'
  onClose: () => void
}

/** Shows exactly what would be written to a program's file, writes it on yes, and says what came of it. */
export function PlanModal({ client, name, action, onClose }: PlanModalProps) {
  const { remote, homeDirectory } = useSurroundings()
  const [applied, setApplied] = useState<ClientApplied>()
  // Asked once: what is read must not change under the eyes before yes is said to it.
  const asked = useOnce(each => each.planClient({ id: client, action }))
  const apply = useAction(async (fingerprint: string) => {
    setApplied(await remote.applyClientPlan({ fingerprint }))
  })
  const plan = asked.kind === 'answered' ? asked.value : undefined
  const isOver = applied !== undefined || apply.failure !== undefined
  const startAgain = () => {
    apply.clear()
    setApplied(undefined)
    if (asked.kind !== 'waiting') asked.again()
  }
  return (
    <Modal
      isOpen
      onClose={onClose}
      closeLabel={applied?.kind === 'done' ? 'Done' : isOver ? 'Close' : 'Cancel'}
      title={
        <>
          {action === 'connect' ? 'Connect ' : 'Disconnect '}
          <Name text={name} />
        </>
      }
      actions={
        <>
          {isOver && applied?.kind !== 'done' && (
            <ActionButton onClick={startAgain}>Show it anew</ActionButton>
          )}
          {plan?.kind === 'plan' && !isOver && (
            <ActionButton kind="primary" isBusy={apply.isBusy} onClick={() => apply.run(plan.fingerprint)}>
              {action === 'connect' ? 'Write these lines' : 'Take these lines out'}
            </ActionButton>
          )}
        </>
      }
    >
      {apply.failure !== undefined && <Failure failure={apply.failure} title="Nothing was written." />}
      {applied !== undefined && <AppliedView applied={applied} home={homeDirectory} />}
      {!isOver && (
        <Answered asked={asked} waiting="Reading its configuration…">
          {each => <PlanWords plan={each} home={homeDirectory} />}
        </Answered>
      )}
    </Modal>
  )
}

function PlanWords({ plan, home }: { plan: ClientPlan; home: string }) {
  switch (plan.kind) {
    case 'plan':
      return <PlanView plan={plan} home={home} />
    case 'nothing':
      return (
        <Notice tone="ok" title="There is nothing to change.">
          <Said text={plan.said} />
        </Notice>
      )
    case 'refused':
      return (
        <Notice tone="warn" title="This cannot be done by itself.">
          <Said text={plan.why} />
        </Notice>
      )
  }
}
