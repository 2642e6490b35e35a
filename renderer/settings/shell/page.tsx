import { type ReactNode, useEffect } from 'react'
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
  useEffect(() => {
    if (isShown) document.title = `${name} – KosmoKrator`
  }, [isShown, name])
  return (
    <>
      <div className="page-head">
        {/* The focus comes here when a section is shown, or when what had it is gone. */}
        <h1 tabIndex={-1} data-page-heading="">
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
  const headings = [...document.querySelectorAll<HTMLElement>('[data-page-heading]')]
  headings.find(heading => heading.checkVisibility())?.focus()
}
