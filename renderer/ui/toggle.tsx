import { Switch } from '@base-ui/react/switch'
import { type ReactNode, useId } from 'react'
import './toggle.css'

type ToggleProps = {
  title: string
  hint?: ReactNode
  isOn: boolean
  onToggle: (isOn: boolean) => void
  isOff?: boolean
}

/** Something that is on or off, with what that means. */
export function Toggle({ title, hint, isOn, onToggle, isOff = false }: ToggleProps) {
  const id = useId()
  return (
    <div className="toggle">
      <div className="toggle-words">
        <label id={`${id}-title`} htmlFor={id}>
          {title}
        </label>
        {hint !== undefined && <div id={`${id}-hint`}>{hint}</div>}
      </div>
      <Switch.Root
        id={id}
        className="toggle-track"
        checked={isOn}
        disabled={isOff}
        onCheckedChange={onToggle}
        aria-labelledby={`${id}-title`}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      >
        <Switch.Thumb className="toggle-thumb" />
      </Switch.Root>
    </div>
  )
}
