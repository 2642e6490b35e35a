import { useContext, useId, useState } from 'react'
import { type Keep, ONCE, type Shown } from '../desk/desk.ts'
import { effectiveKeep, keepOffer } from '../desk/keep-offer.ts'
import { WishContext } from '../wish-context.ts'
import { EveryChannelDialog } from './every-channel-dialog.tsx'
import { KEPT_SPANS, keepOption } from './keep-words.ts'
import './keep-choice.css'

const EVERYWHERE = 'everywhere'
const ASK_EVERYWHERE = 'ask everywhere'

/** What else an approval permits: nothing, unless the person says so. All channels at once take a second choice. */
export function KeepChoice({
  shown,
  home,
  isOff,
  sentenceId,
}: {
  shown: Shown
  home: string
  isOff: boolean
  sentenceId: string
}) {
  const wish = useContext(WishContext)
  const id = useId()
  const [asksEverywhere, setAsksEverywhere] = useState(false)
  const { approval } = shown
  const offer = keepOffer(shown)
  if (offer.kind === 'once-only') {
    return (
      <p className="keep-choice muted">
        If I approve: just this once. <span>{offer.why}</span>
      </p>
    )
  }
  const keep = effectiveKeep(shown)
  const inChannel: Keep[] = [ONCE, ...KEPT_SPANS.map(span => ({ span, reach: 'channel' as const }))]
  const choose = (value: string) => {
    if (value === ASK_EVERYWHERE) return setAsksEverywhere(true)
    const chosen = inChannel.find(({ span }) => span === value)
    if (chosen !== undefined) wish({ kind: 'keep', keep: chosen })
  }
  return (
    <div className="keep-choice">
      <label htmlFor={id} className="muted">
        If I approve
      </label>
      <select
        id={id}
        className={keep.reach === 'all' ? 'wide' : undefined}
        value={keep.reach === 'all' ? EVERYWHERE : keep.span}
        disabled={isOff}
        aria-describedby={sentenceId}
        onChange={event => choose(event.target.value)}
      >
        {inChannel.map(each => (
          <option key={each.span} value={each.span}>
            {keepOption(each, approval, home)}
          </option>
        ))}
        {offer.reaches.includes('all') && (
          <>
            <hr />
            {keep.reach === 'all' && <option value={EVERYWHERE}>{keepOption(keep, approval, home)}</option>}
            <option value={ASK_EVERYWHERE}>in every channel, not only this one…</option>
          </>
        )}
      </select>
      <EveryChannelDialog
        isOpen={asksEverywhere}
        approval={approval}
        home={home}
        onClose={() => setAsksEverywhere(false)}
        onChoose={span => {
          setAsksEverywhere(false)
          wish({ kind: 'keep', keep: { span, reach: 'all' } })
        }}
      />
    </div>
  )
}
