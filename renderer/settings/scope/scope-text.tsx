import type { PlaceView } from '../../../shared/protocol/account-methods.ts'
import { Field } from '../../ui/field.tsx'
import { Name } from '../../ui/name.tsx'
import { otherWords } from './scope-choice.ts'

type ScopeTextProps = {
  text: string
  places: readonly PlaceView[]
  /** Why it cannot be used. */
  why: string | undefined
  onText: (text: string) => void
}

/** The limit as a text: what is ticked, and what cannot be ticked. */
export function ScopeText({ text, places, why, onText }: ScopeTextProps) {
  const others = places.length === 0 ? [] : otherWords(text, places)
  return (
    <Field
      label="The same as a text"
      hint={
        <>
          <code>eng/*</code> is a whole team, <code>ops/alerts</code> a channel, <code>@bob</code> your direct
          messages with Bob, <code>@*</code> all direct messages. <code>*</code> stands for any letters.
          {others.length > 0 && (
            <>
              {' '}
              Not in the list above, and kept as written:{' '}
              {others.slice(0, 8).map((word, index) => (
                <span key={word}>
                  {index > 0 && ', '}
                  <code>
                    <Name text={word} max={60} />
                  </code>
                </span>
              ))}
              {others.length > 8 && ` and ${others.length - 8} more`}.
            </>
          )}
        </>
      }
      error={why}
    >
      {ids => (
        <textarea
          {...ids}
          className="input mono"
          rows={2}
          value={text}
          spellCheck={false}
          autoComplete="off"
          maxLength={8_192}
          placeholder="eng/*, ops/alerts, @bob"
          onChange={event => onText(event.target.value)}
        />
      )}
    </Field>
  )
}
