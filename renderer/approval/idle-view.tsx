import { useContext, useEffect, useRef, useState } from 'react'
import { cleanLine } from '../../shared/text/clean.ts'
import type { Desk } from './desk/desk.ts'
import { WishContext } from './wish-context.ts'
import './plain-view.css'

/** A wait shorter than this is none. */
const PATIENCE_MS = 300
/** The window came by itself, and leaves by itself once what came of the last answer can have been read. */
const LEAVES_AFTER_MS = 2_500

/** Nothing to decide on: nothing waits, it is not known yet, or it cannot be known. */
export function IdleView({ desk: { link, notice } }: { desk: Desk }) {
  const wish = useContext(WishContext)
  const isSlow = useAfter(PATIENCE_MS)
  const button = useRef<HTMLButtonElement>(null)
  const { kind } = link
  // biome-ignore lint/correctness/useExhaustiveDependencies: each kind has a button of its own
  useEffect(() => button.current?.focus(), [kind])
  const isOver = kind === 'open' && notice?.tone === 'done'
  useEffect(() => {
    if (!isOver) return undefined
    const timer = setTimeout(() => wish({ kind: 'later' }), LEAVES_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isOver, wish])
  if (kind === 'opening') {
    return (
      <main className="plain-view" aria-busy="true">
        <h1 className={isSlow ? undefined : 'unseen'}>Looking for what waits…</h1>
      </main>
    )
  }
  if (kind === 'failed') {
    return (
      <main className="plain-view">
        <div role="alert">
          <h1>What waits cannot be shown</h1>
          <p className="muted">{cleanLine(link.why)} Nothing is posted meanwhile.</p>
        </div>
        <div className="plain-actions">
          <button ref={button} type="button" className="btn" onClick={() => wish({ kind: 'try-again' })}>
            Try again
          </button>
        </div>
      </main>
    )
  }
  return (
    <main className="plain-view">
      <div role="status">
        {notice !== undefined && <p className={`decision-notice ${notice.tone}`}>{cleanLine(notice.text)}</p>}
      </div>
      <h1>Nothing is waiting for you</h1>
      <p className="muted">When an agent wants to post, its message comes up here first.</p>
      <div className="plain-actions">
        <button
          ref={button}
          type="button"
          className="btn"
          data-steady=""
          onClick={() => wish({ kind: 'later' })}
        >
          Close
        </button>
      </div>
    </main>
  )
}

function useAfter(milliseconds: number): boolean {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsOver(true), milliseconds)
    return () => clearTimeout(timer)
  }, [milliseconds])
  return isOver
}
