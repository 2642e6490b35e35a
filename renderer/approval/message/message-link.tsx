import { type ReactNode, useContext } from 'react'
import { WishContext } from '../wish-context.ts'
import { linkWords } from './link-words.ts'
import './message-link.css'

/** A link of a message: it says where it leads, and opens in the browser on a click and never otherwise. */
export function MessageLink({ href, label, children }: { href: string; label: string; children: ReactNode }) {
  const wish = useContext(WishContext)
  const { target, leadsTo, isElsewhere, opens } = linkWords(href, label)
  const hint =
    leadsTo === undefined ? null : (
      <span className={isElsewhere ? 'leads-to elsewhere' : 'leads-to'}>
        {' '}
        (<bdi>{leadsTo}</bdi>)
      </span>
    )
  if (opens === undefined) {
    return (
      <>
        <span className="message-link closed" title={`${target} (not opened from here)`}>
          {children}
        </span>
        {hint}
      </>
    )
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a real link can be followed without a click, e.g. dragged */}
      <button
        type="button"
        role="link"
        className="message-link"
        title={`Opens ${target} in your browser`}
        onClick={() => wish({ kind: 'open-link', url: opens })}
      >
        {children}
      </button>
      {hint}
    </>
  )
}
