import { type RefObject, useContext, useEffect, useId, useRef } from 'react'
import { cleanLine } from '../../../shared/text/clean.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { type Desk, othersWaiting, type Shown } from '../desk/desk.ts'
import { effectiveKeep } from '../desk/keep-offer.ts'
import { WishContext } from '../wish-context.ts'
import { KeepChoice } from './keep-choice.tsx'
import { keepSentence } from './keep-words.ts'
import { ReasonField } from './reason-field.tsx'
import './decision-bar.css'

/**
 * Where the person decides. It grows upwards only: what can be pressed stays where it is, whatever comes up above it.
 */
export function DecisionBar({
  desk,
  shown,
  denyRef,
}: {
  desk: Desk
  shown: Shown
  denyRef: RefObject<HTMLButtonElement | null>
}) {
  const wish = useContext(WishContext)
  const sentenceId = useId()
  const { step, notice, home } = desk
  const keep = effectiveKeep(shown)
  const isSending = step.kind === 'sending'
  const isEditing = step.kind === 'editing'
  const others = othersWaiting(desk)
  const reasonButton = useRef<HTMLButtonElement>(null)
  useFocusAfter(step.kind === 'reason', reasonButton)
  return (
    <section className="decision-bar" aria-label="Your decision">
      <div className="decision-news" role={notice?.tone === 'wrong' ? 'alert' : 'status'}>
        {notice !== undefined && <p className={`decision-notice ${notice.tone}`}>{cleanLine(notice.text)}</p>}
      </div>
      {step.kind === 'reason' && <ReasonField client={shown.approval.asker.client} text={step.text} />}
      <p className={keep.span === 'once' ? 'unseen' : 'keep-sentence'} id={sentenceId}>
        {keepSentence(keep, shown.approval, home)}
      </p>
      <div className="decision-row">
        <KeepChoice shown={shown} home={home} isOff={isSending} sentenceId={sentenceId} />
        {others > 0 && <span className="faint others">{others} more waiting</span>}
      </div>
      <div className="decision-row">
        {step.kind === 'reason' ? (
          <ActionButton kind="quiet" onClick={() => wish({ kind: 'no-reason' })}>
            Without a reason
          </ActionButton>
        ) : (
          <button
            ref={reasonButton}
            type="button"
            className="btn quiet"
            aria-disabled={isSending || isEditing || undefined}
            onClick={() => (isSending || isEditing ? undefined : wish({ kind: 'give-reason' }))}
          >
            Deny with a reason…
          </button>
        )}
        <span className="grow" />
        <button
          ref={denyRef}
          type="button"
          className="btn default"
          data-steady=""
          aria-disabled={isSending || undefined}
          onClick={() => wish({ kind: 'deny' })}
        >
          Deny
        </button>
        <span className="approve-place">
          {isEditing ? (
            <ActionButton data-steady="" onClick={() => wish({ kind: 'finish-edit' })}>
              Review change
            </ActionButton>
          ) : (
            <ActionButton
              kind="primary"
              data-steady=""
              // A click leaves the focus where it was: what Enter does stays Deny.
              onMouseDown={event => event.preventDefault()}
              isBusy={isSending}
              isOff={step.kind === 'reason'}
              onClick={() => wish({ kind: 'approve' })}
            >
              Approve and post
            </ActionButton>
          )}
        </span>
      </div>
    </section>
  )
}

/** When something that held the focus goes away, what brought it up has it again. */
function useFocusAfter(isUp: boolean, target: RefObject<HTMLElement | null>): void {
  const wasUp = useRef(isUp)
  useEffect(() => {
    if (wasUp.current && !isUp) target.current?.focus()
    wasUp.current = isUp
  }, [isUp, target])
}
