import { cleanLine } from '../../shared/text/clean.ts'
import { ellipsis } from '../../shared/text/shorten.ts'

type PickProps<Value extends string> = {
  label: string
  options: readonly { value: Value; title: string }[]
  value: Value
  onPick: (value: Value) => void
  /** Whether the label is to be seen; it is always spoken. */
  isLabelled?: boolean
}

/** One of several, in the system's own list. */
export function Pick<Value extends string>({ label, options, value, onPick, isLabelled }: PickProps<Value>) {
  return (
    <label className="pick">
      <span className={isLabelled === true ? 'pick-label' : 'unseen'}>{label}</span>
      <select
        className="btn"
        value={value}
        onChange={event => {
          const picked = options.find(option => option.value === event.target.value)
          if (picked !== undefined) onPick(picked.value)
        }}
      >
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {ellipsis(cleanLine(option.title), 60)}
          </option>
        ))}
      </select>
    </label>
  )
}
