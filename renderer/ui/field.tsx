import { type ReactNode, useId } from 'react'
import './field.css'

/** What a control needs to belong to its label, hint and error. */
export type FieldIds = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }

type FieldProps = {
  label: string
  hint?: ReactNode
  /** Why what is typed cannot be used. */
  error?: string | undefined
  children: (ids: FieldIds) => ReactNode
}

/** A control under its label, with a hint, and with what is wrong where it is wrong. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const described = [
    hint === undefined ? undefined : `${id}-hint`,
    error === undefined ? undefined : `${id}-error`,
  ].filter(each => each !== undefined)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': described.length === 0 ? undefined : described.join(' '),
        'aria-invalid': error !== undefined,
      })}
      {hint !== undefined && (
        <div className="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error !== undefined && (
        <div className="field-error" id={`${id}-error`} role="alert">
          {error}
        </div>
      )}
    </div>
  )
}
