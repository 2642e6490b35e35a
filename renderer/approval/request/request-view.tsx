import { useCallback, useContext, useEffect, useRef } from 'react'
import { clientLabel } from '../../../shared/desktop/labels.ts'
import { isolated } from '../../ui/isolated.ts'
import { DecisionBar } from '../decision/decision-bar.tsx'
import { type Desk, type Shown, textOf } from '../desk/desk.ts'
import { FlagList } from '../message/flag-list.tsx'
import { MessageCard } from '../message/message-card.tsx'
import { showMore } from '../scroll-page.ts'
import { WishContext } from '../wish-context.ts'
import { RequestFacts } from './request-facts.tsx'
import { RequestHeader } from './request-header.tsx'
import { useSeenEnd } from './use-seen-end.ts'
import './request-view.css'

/** One request: who, where, as whom, what, what it sets off; then the decision. */
export function RequestView({ desk, shown }: { desk: Desk; shown: Shown }) {
  const wish = useContext(WishContext)
  const { approval, draft, sawEnd } = shown
  const { step } = desk
  const isEditing = step.kind === 'editing'
  const text = textOf(shown)
  const deny = useRef<HTMLButtonElement>(null)
  const end = useRef<HTMLDivElement>(null)
  const main = useRef<HTMLElement>(null)
  const { generation } = desk
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each of them, something else is to be decided on
  useEffect(() => {
    if (!isEditing) deny.current?.focus({ preventScroll: true })
  }, [isEditing, generation])
  const inView = isEditing ? undefined : text
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new is read from its beginning
  useEffect(() => {
    // Gives a promise in newer browsers, which React would take for a clean-up.
    main.current?.scrollTo({ top: 0 })
  }, [isEditing, inView])
  const onSeen = useCallback(() => wish({ kind: 'saw-end', text }), [wish, text])
  useSeenEnd(end, `${isEditing}`, onSeen)
  const client = clientLabel(approval.asker.client)
  return (
    <>
      <RequestHeader approval={approval} home={desk.home} isOpen={step.kind !== 'sending'} />
      <div className="reading">
        <main ref={main}>
          <RequestFacts approval={approval} />
          <MessageCard shown={shown} isEditing={isEditing} isOpen={step.kind !== 'sending'} />
          <FlagList
            subject={approval.subject}
            draft={draft}
            later={
              approval.attended
                ? undefined
                : `${isolated(client, 40)} does not wait at this moment: what you approve is posted when it asks again.`
            }
          />
          <div className="end-mark" ref={end} />
        </main>
        {!sawEnd && !isEditing && (
          <button
            type="button"
            className="more-below"
            tabIndex={-1}
            // It goes away at the end, and the focus would with it.
            onMouseDown={event => event.preventDefault()}
            onClick={showMore}
          >
            More below ↓
          </button>
        )}
      </div>
      <DecisionBar desk={desk} shown={shown} denyRef={deny} />
    </>
  )
}
