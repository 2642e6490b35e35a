import { useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { Card } from '../../ui/card.tsx'
import { useIsShown } from '../shell/remote-context.ts'
import { OutsideModal } from './outside-modal.tsx'

/** The way out: everything that was written into other programs' settings and into the system, undone. */
export function LeaveCard() {
  const isShown = useIsShown()
  const [isOpen, setOpen] = useState(false)
  return (
    <Card title="Before you remove KosmoKrator">
      <div className="row wide">
        <div className="row-words muted">
          Takes it out of every program that it was connected to, off your PATH, and out of what starts when
          you log in. Your accounts, what you allowed and the activity stay.
        </div>
        <div className="row-end buttons">
          <ActionButton onClick={() => setOpen(true)}>Disconnect everything…</ActionButton>
        </div>
      </div>
      {isShown && isOpen && <OutsideModal action="everything" onClose={() => setOpen(false)} />}
    </Card>
  )
}
