import { Icon } from '../../ui/icon.tsx'
import { STEPS, type StepId } from './steps.ts'

/** How far the set-up is. */
export function StepList({ current }: { current: StepId }) {
  const at = STEPS.findIndex(({ id }) => id === current)
  return (
    <ol className="steps" aria-label="Set-up">
      {STEPS.map(({ id, title }, index) => (
        <li key={id} aria-current={id === current ? 'step' : undefined} data-done={index < at || undefined}>
          <span className="step-sign" aria-hidden="true">
            {index < at ? <Icon name="check" /> : index + 1}
          </span>
          {title}
          {index < at && <span className="unseen"> (done)</span>}
        </li>
      ))}
    </ol>
  )
}
