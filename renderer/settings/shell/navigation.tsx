import { type KeyboardEvent, useRef } from 'react'
import { count } from '../words/count-words.ts'
import { SECTIONS, type SectionId, sectionByKey } from './sections.ts'

type NavigationProps = {
  current: SectionId
  /** Requests that wait for the person. */
  waiting: number
  onChoose: (section: SectionId) => void
}

/** The sections, by pointer, by tab, or by arrow keys among them. */
export function Navigation({ current, waiting, onChoose }: NavigationProps) {
  const list = useRef<HTMLUListElement>(null)
  const move = (event: KeyboardEvent, from: SectionId) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const to = sectionByKey(event.key, from)
    if (to === undefined) return
    event.preventDefault()
    list.current?.querySelector<HTMLElement>(`[data-section="${to}"]`)?.focus()
  }
  return (
    <nav aria-label="Sections">
      <b className="brand">KosmoKrator</b>
      <ul ref={list}>
        {SECTIONS.map(({ id, title }) => (
          <li key={id}>
            <button
              type="button"
              data-section={id}
              aria-current={id === current ? 'page' : undefined}
              onClick={() => onChoose(id)}
              onKeyDown={event => move(event, id)}
            >
              {title}
              {id === 'approvals' && waiting > 0 && (
                <span className="chip ask" title={`${count(waiting, 'request')} waiting for you`}>
                  {waiting}
                  <span className="unseen"> waiting for you</span>
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
