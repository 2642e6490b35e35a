import { ActionButton } from '../../ui/action-button.tsx'
import type { Go } from './first-run.tsx'

/** On, or back. */
export function StepActions({ go, label = 'Go on' }: { go: Go; label?: string }) {
  return (
    <div className="form-actions">
      {go.back !== undefined && <ActionButton onClick={go.back}>Back</ActionButton>}
      <ActionButton kind="primary" onClick={go.next}>
        {label}
      </ActionButton>
    </div>
  )
}
