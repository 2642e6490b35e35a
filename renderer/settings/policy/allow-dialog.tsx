import { liftWords } from '../../../shared/desktop/held-back-words.ts'
import { clientLabel } from '../../../shared/desktop/labels.ts'
import type { HeldBack } from '../../../shared/policy/held-back.ts'
import { AskDialog } from '../../ui/ask-dialog.tsx'
import { Name } from '../../ui/name.tsx'
import { Tick } from '../../ui/tick.tsx'
import { useIsShown } from '../shell/remote-context.ts'
import { allowMeans, type Loosened } from '../words/allow-words.ts'

type AllowDialogProps = {
  /** What is about to be loosened; undefined while nothing is. */
  loosened: Loosened | undefined
  /** What would hold it back. */
  held: readonly HeldBack[]
  /** Whether what can be lifted of it is lifted in the same step. */
  isLifted: boolean
  onLift: (isLifted: boolean) => void
  onYes: () => void
  onNo: () => void
}

/** Says what Allow means before anything is loosened. */
export function AllowDialog({ loosened, held, isLifted, onLift, onYes, onNo }: AllowDialogProps) {
  const isShown = useIsShown()
  const box = liftWords(held)
  return (
    <AskDialog
      isOpen={isShown && loosened !== undefined}
      title={loosened === undefined ? '' : <Title loosened={loosened} />}
      yes="Allow"
      onYes={onYes}
      onNo={onNo}
    >
      <ul>{loosened !== undefined && allowMeans(loosened, held).map(line => <li key={line}>{line}</li>)}</ul>
      {box !== undefined && (
        <Tick isTicked={isLifted} onTick={onLift}>
          {box}
        </Tick>
      )}
    </AskDialog>
  )
}

function Title({ loosened }: { loosened: Loosened }) {
  switch (loosened.kind) {
    case 'ceiling':
      return 'Let agents post where you said Allow?'
    case 'client':
      return (
        <>
          Let <Name text={clientLabel(loosened.client)} /> post without asking?
        </>
      )
    case 'integration':
      return (
        <>
          Take the limit off <Name text={loosened.name} />?
        </>
      )
  }
}
