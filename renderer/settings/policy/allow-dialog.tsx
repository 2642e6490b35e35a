import { clientLabel } from '../../../shared/desktop/labels.ts'
import { AskDialog } from '../../ui/ask-dialog.tsx'
import { Name } from '../../ui/name.tsx'
import { useIsShown } from '../shell/remote-context.ts'
import { allowMeans, type Loosened } from '../words/allow-words.ts'

type AllowDialogProps = {
  /** What is about to be loosened; undefined while nothing is. */
  loosened: Loosened | undefined
  onYes: () => void
  onNo: () => void
}

/** Says what Allow means before anything is loosened. */
export function AllowDialog({ loosened, onYes, onNo }: AllowDialogProps) {
  const isShown = useIsShown()
  return (
    <AskDialog
      isOpen={isShown && loosened !== undefined}
      title={loosened === undefined ? '' : <Title loosened={loosened} />}
      yes="Allow"
      onYes={onYes}
      onNo={onNo}
    >
      <ul>{loosened !== undefined && allowMeans(loosened).map(line => <li key={line}>{line}</li>)}</ul>
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
