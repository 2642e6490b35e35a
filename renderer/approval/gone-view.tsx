import { useContext, useEffect, useRef } from 'react'
import { clientLabel } from '../../shared/desktop/labels.ts'
import { Name } from '../ui/name.tsx'
import { type Desk, othersWaiting } from './desk/desk.ts'
import { WishContext } from './wish-context.ts'
import './plain-view.css'

/** Why the request that was being read is no longer there. It stays until the person has read that. */
export function GoneView({ desk }: { desk: Desk }) {
  const wish = useContext(WishContext)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  const { step, shown, notice } = desk
  if (step.kind !== 'gone') return null
  const others = othersWaiting(desk)
  const draft = shown?.draft
  return (
    <main className="plain-view">
      <div role="alert">
        <h1>{step.heading}</h1>
        {shown !== undefined && (
          <p>
            <bdi>{clientLabel(shown.approval.asker.client)}</bdi> →{' '}
            <Name text={shown.approval.subject.place} />
          </p>
        )}
        <p className="muted">{step.why ?? 'One moment…'}</p>
      </div>
      {draft !== undefined && (
        <p className="muted">
          Your change was not sent.{' '}
          <button type="button" className="btn quiet" onClick={() => wish({ kind: 'copy', text: draft })}>
            Copy my text
          </button>
          {notice?.tone === 'done' && <span role="status">{notice.text}</span>}
        </p>
      )}
      <div className="plain-actions">
        <button
          ref={button}
          type="button"
          className="btn"
          data-steady=""
          onClick={() => wish({ kind: 'next' })}
        >
          {others === 0 ? 'Done' : `Show the next one (${others} waiting)`}
        </button>
      </div>
    </main>
  )
}
