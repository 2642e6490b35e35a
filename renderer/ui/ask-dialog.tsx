import { AlertDialog } from '@base-ui/react/alert-dialog'
import { type ReactNode, useRef } from 'react'
import { ActionButton } from './action-button.tsx'
import './modal.css'

type AskDialogProps = {
  isOpen: boolean
  title: ReactNode
  children: ReactNode
  /** What happens on yes, as a button's label. */
  yes: string
  /** Nothing can be undone by pressing something again. */
  isDanger?: boolean
  isBusy?: boolean
  onYes: () => void
  onNo: () => void
}

/** Asks before something happens; to leave it as it is comes first. */
export function AskDialog({ isOpen, title, children, yes, isDanger, isBusy, onYes, onNo }: AskDialogProps) {
  const no = useRef<HTMLButtonElement>(null)
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={open => (open ? undefined : onNo())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="modal-back" />
        <AlertDialog.Popup className="modal small" initialFocus={no}>
          <AlertDialog.Title className="modal-title">{title}</AlertDialog.Title>
          <AlertDialog.Description className="modal-body" render={<div />}>
            {children}
          </AlertDialog.Description>
          <div className="modal-actions">
            <AlertDialog.Close ref={no} className="btn default">
              Cancel
            </AlertDialog.Close>
            <ActionButton
              kind={isDanger === true ? 'danger' : 'primary'}
              isBusy={isBusy === true}
              onClick={onYes}
            >
              {yes}
            </ActionButton>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
