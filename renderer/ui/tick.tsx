import { type ReactNode, useEffect, useRef } from 'react'

type TickProps = {
  isTicked: boolean
  /** Some of what it stands for is ticked. */
  isPartly?: boolean
  onTick: (isTicked: boolean) => void
  children: ReactNode
}

/** A box to tick, with what it stands for. */
export function Tick({ isTicked, isPartly = false, onTick, children }: TickProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current !== null) input.current.indeterminate = isPartly && !isTicked
  }, [isPartly, isTicked])
  return (
    <label className="tick">
      <input
        ref={input}
        type="checkbox"
        checked={isTicked}
        onChange={event => onTick(event.target.checked)}
      />
      <span>{children}</span>
    </label>
  )
}
