import type { ClipboardEvent } from 'react'
import type { FieldIds } from '../../ui/field.tsx'
import { cleanToken } from './account-values.ts'

type SecretInputProps = {
  ids: FieldIds
  name: string
  isStored: boolean
  /** The one that the form is about; browsers take a second one for another form. */
  isMain: boolean
}

/**
 * Takes a token. What is typed stays in the control and goes nowhere else until it is sent: not into React's state,
 * not into the browser's memory of forms. A stored one is never shown.
 */
export function SecretInput({ ids, name, isStored, isMain }: SecretInputProps) {
  return (
    <input
      {...ids}
      className={isMain ? 'input mono' : 'input mono masked'}
      type={isMain ? 'password' : 'text'}
      name={name}
      autoComplete="off"
      spellCheck={false}
      maxLength={8_192}
      placeholder={isStored ? 'stored; leave empty to keep it' : ''}
      onPaste={pasteCleaned}
    />
  )
}

/** People copy more than the token: a blank, a line end, the header around it. */
function pasteCleaned(event: ClipboardEvent<HTMLInputElement>): void {
  const input = event.currentTarget
  const text = cleanToken(event.clipboardData.getData('text/plain'))
  event.preventDefault()
  input.setRangeText(text, input.selectionStart ?? 0, input.selectionEnd ?? input.value.length, 'end')
  input.dispatchEvent(new Event('input', { bubbles: true }))
}
