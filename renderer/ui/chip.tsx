import type { ReactNode } from 'react'

/** A word or two apart from the sentence beside it. Its colour never says anything alone. */
export function Chip({ tone, children }: { tone: 'ask' | 'warn' | 'ok' | 'plain'; children: ReactNode }) {
  return <span className={`chip ${tone}`}>{children}</span>
}
