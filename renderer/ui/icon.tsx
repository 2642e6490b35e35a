const SHAPES = {
  check: 'm3 8.5 3.2 3.2L13 5',
  warning: 'M8 2.2 14.6 13.6H1.4ZM8 6.4v3.2M8 11.4v.2',
  lock: 'M4 7.4h8v6H4ZM5.6 7.4V5a2.4 2.4 0 0 1 4.8 0v2.4',
  offline: 'M2 5.8a9 9 0 0 1 12 0M4.4 8.6a5.4 5.4 0 0 1 7.2 0M8 12.4v.2M2.4 2.4l11.2 11.2',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.4v3.4M8 5.2v.2',
  cross: 'm4 4 8 8M12 4l-8 8',
  dash: 'M4 8h8',
  chevron: 'm6 4 4 4-4 4',
} as const

export type IconName = keyof typeof SHAPES

/** A small drawing beside words that say the same. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={SHAPES[name]} />
    </svg>
  )
}
