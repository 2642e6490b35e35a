import { type ReactNode, useId } from 'react'
import './choice.css'

export type ChoiceOption<Value extends string> = { value: Value; title: ReactNode; hint?: ReactNode }

type ChoiceProps<Value extends string> = {
  label: string
  options: readonly ChoiceOption<Value>[]
  value: Value | undefined
  onChoose: (value: Value) => void
  /** Side by side as a switch, or as a list with a line for each. */
  look: 'switch' | 'list'
}

/** One of a few, each with a word on what it means. */
export function Choice<Value extends string>({ label, options, value, onChoose, look }: ChoiceProps<Value>) {
  const name = useId()
  return (
    <fieldset className={`choice ${look}`}>
      <legend className="unseen">{label}</legend>
      {options.map(option => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
            aria-describedby={option.hint === undefined ? undefined : `${name}-${option.value}`}
            aria-labelledby={`${name}-${option.value}-title`}
          />
          <b id={`${name}-${option.value}-title`}>{option.title}</b>
          {option.hint !== undefined && <span id={`${name}-${option.value}`}>{option.hint}</span>}
        </label>
      ))}
    </fieldset>
  )
}
