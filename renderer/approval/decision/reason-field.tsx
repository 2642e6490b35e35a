import { useContext, useEffect, useId, useRef } from 'react'
import { clientLabel } from '../../../shared/desktop/labels.ts'
import { isolated } from '../../ui/isolated.ts'
import { WishContext } from '../wish-context.ts'
import './reason-field.css'

/** Why not: quoted to the agent as the person's words. Enter denies, as it does everywhere in this window. */
export function ReasonField({ client, text }: { client: string; text: string }) {
  const wish = useContext(WishContext)
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => area.current?.focus(), [])
  return (
    <div className="reason-field">
      <label htmlFor={id} className="muted">
        Why not? {isolated(clientLabel(client), 40)} is told in your words.
      </label>
      <textarea
        ref={area}
        id={id}
        rows={2}
        value={text}
        dir="auto"
        onChange={event => wish({ kind: 'type-reason', text: event.target.value })}
        onKeyDown={event => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          if (!event.repeat) wish({ kind: 'deny' })
        }}
      />
    </div>
  )
}
