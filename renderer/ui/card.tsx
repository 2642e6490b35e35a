import { type ReactNode, useId } from 'react'

type CardProps = { title: ReactNode; action?: ReactNode; children: ReactNode }

/** A part of a page with a heading of its own. */
export function Card({ title, action, children }: CardProps) {
  const id = useId()
  return (
    <section className="card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {action}
      </header>
      {children}
    </section>
  )
}
