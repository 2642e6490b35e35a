import { Dialog } from '@base-ui/react/dialog'
import { type ReactNode, useRef } from 'react'
import './modal.css'

type ModalProps = {
  isOpen: boolean
  title: ReactNode
  onClose: () => void
  children: ReactNode
  /** Buttons beside the one that closes. */
  actions?: ReactNode
  closeLabel?: string
}

/** Something to look at more closely, over the page. */
export function Modal({ isOpen, title, onClose, children, actions, closeLabel = 'Close' }: ModalProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  return (
    <Dialog.Root open={isOpen} onOpenChange={open => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="modal-back" />
        <Dialog.Popup className="modal" initialFocus={heading}>
          <Dialog.Title ref={heading} className="modal-title" tabIndex={-1}>
            {title}
          </Dialog.Title>
          <div className="modal-body">{children}</div>
          <div className="modal-actions">
            <Dialog.Close className="btn">{closeLabel}</Dialog.Close>
            {actions}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
