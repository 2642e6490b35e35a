import { useContext, useEffect, useRef } from 'react'
import { WishContext } from '../wish-context.ts'
import './message-editor.css'

/** The text as the person changes it. What it would set off is shown below as they type. */
export function MessageEditor({ text }: { text: string }) {
  const wish = useContext(WishContext)
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => area.current?.focus(), [])
  return (
    <textarea
      ref={area}
      className="message-editor"
      aria-label="The text to be posted"
      aria-describedby="editor-hint"
      value={text}
      spellCheck="false"
      dir="auto"
      onChange={event => wish({ kind: 'type-text', text: event.target.value })}
    />
  )
}
