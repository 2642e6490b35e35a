import { AlertDialog } from '@base-ui/react/alert-dialog'
import { useRef, useState } from 'react'
import type { Approval } from '../../../shared/approvals/approval.ts'
import { Choice } from '../../ui/choice.tsx'
import { KEPT_SPANS, keepSentence, spanWords } from './keep-words.ts'
import '../../ui/modal.css'

type KeptSpan = (typeof KEPT_SPANS)[number]

type Props = {
  isOpen: boolean
  approval: Approval
  home: string
  onClose: () => void
  onChoose: (span: KeptSpan) => void
}

/** The second choice that permission for all channels takes. Nothing is approved or remembered by it yet. */
export function EveryChannelDialog({ isOpen, approval, home, onClose, onChoose }: Props) {
  const [span, setSpan] = useState<KeptSpan>('session')
  const cancel = useRef<HTMLButtonElement>(null)
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={open => (open ? undefined : onClose())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="modal-back" />
        <AlertDialog.Popup className="modal small" initialFocus={cancel}>
          <AlertDialog.Title className="modal-title">Every channel, not only this one?</AlertDialog.Title>
          <AlertDialog.Description className="modal-body" render={<div />}>
            <p className="every-channel-sentence">{keepSentence({ span, reach: 'all' }, approval, home)}</p>
            <Choice
              look="list"
              label="For how long"
              value={span}
              onChoose={setSpan}
              options={KEPT_SPANS.map(value => ({ value, title: spanWords(value) }))}
            />
            <p className="muted">This counts only once you approve the message itself.</p>
          </AlertDialog.Description>
          <div className="modal-actions">
            <AlertDialog.Close ref={cancel} className="btn default" data-steady="">
              Cancel
            </AlertDialog.Close>
            <button type="button" className="btn" data-steady="" onClick={() => onChoose(span)}>
              Choose every channel
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
