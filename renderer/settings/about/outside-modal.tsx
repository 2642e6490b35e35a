import { useState } from 'react'
import type { OutsideAction, OutsideApplied } from '../../../shared/protocol/install-methods.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Modal } from '../../ui/modal.tsx'
import { Answered } from '../shell/answered.tsx'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { useOnce } from '../shell/use-once.ts'
import { OutsideDone, OutsidePlan } from './outside-plan.tsx'

const WORDS: Record<OutsideAction, { title: string; yes: string }> = {
  command: { title: 'Put kosmo on the PATH', yes: 'Write this' },
  'no-command': { title: 'Take kosmo off the PATH', yes: 'Take this out' },
  everything: { title: 'Disconnect everything', yes: 'Undo all of this' },
}

/** Shows exactly what would change outside our own folder, does it on yes, and says what came of it. */
export function OutsideModal({ action, onClose }: { action: OutsideAction; onClose: () => void }) {
  const { remote, homeDirectory } = useSurroundings()
  const [applied, setApplied] = useState<OutsideApplied>()
  // Asked once: what is read must not change under the eyes before yes is said to it.
  const asked = useOnce(each => each.planOutside({ action }))
  const apply = useAction(async (fingerprint: string) => {
    setApplied(await remote.applyOutside({ fingerprint }))
  })
  const plan = asked.kind === 'answered' ? asked.value : undefined
  const isOver = applied !== undefined || apply.failure !== undefined
  const { title, yes } = WORDS[action]
  const startAgain = () => {
    apply.clear()
    if (asked.kind !== 'waiting') asked.again()
  }
  return (
    <Modal
      isOpen
      onClose={onClose}
      closeLabel={applied !== undefined ? 'Done' : isOver ? 'Close' : 'Cancel'}
      title={title}
      actions={
        <>
          {apply.failure !== undefined && <ActionButton onClick={startAgain}>Show it anew</ActionButton>}
          {plan?.kind === 'plan' && !isOver && (
            <ActionButton kind="primary" isBusy={apply.isBusy} onClick={() => apply.run(plan.fingerprint)}>
              {yes}
            </ActionButton>
          )}
        </>
      }
    >
      {apply.failure !== undefined && <Failure failure={apply.failure} title="This was not done." />}
      {applied !== undefined && <OutsideDone applied={applied} />}
      {!isOver && (
        <Answered asked={asked} waiting="Looking…">
          {each => <OutsidePlan plan={each} home={homeDirectory} />}
        </Answered>
      )}
    </Modal>
  )
}
