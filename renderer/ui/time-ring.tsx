import type { CSSProperties } from 'react'
import './time-ring.css'

/** Time that is left as a ring that empties. @param share 0 to 1; @param spoken the same for those who listen */
export function TimeRing({
  share,
  words,
  spoken,
  isShort,
}: {
  share: number
  words: string
  spoken: string
  isShort: boolean
}) {
  return (
    <div
      className={isShort ? 'time-ring short' : 'time-ring'}
      role="timer"
      aria-label={spoken}
      style={{ '--share': `${Math.round(share * 100)}%` } as CSSProperties}
    >
      <span aria-hidden="true">{words}</span>
    </div>
  )
}
