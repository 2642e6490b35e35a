import { type ReactNode, useEffect, useRef } from 'react'
import { useIsShown } from './remote-context.ts'

type PageProps = {
  /** What the window's title says. */
  name: string
  title: ReactNode
  lead?: ReactNode
  children: ReactNode
}

/** A section: its heading, a line under it, and its parts. */
export function Page({ name, title, lead, children }: PageProps) {
  const isShown = useIsShown()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isShown) document.title = `${name} – KosmoKrator`
  }, [isShown, name])
  return (
    <>
      <div className="page-head">
        {/* The focus comes here when a section is shown, or when what had it is gone. */}
        <h1 ref={heading} tabIndex={-1} data-page-heading={isShown || undefined}>
          {title}
        </h1>
        {lead !== undefined && <div className="page-lead muted">{lead}</div>}
      </div>
      {children}
    </>
  )
}

/** Puts the focus on the heading of what is on the screen. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('[data-page-heading]')?.focus()
}
