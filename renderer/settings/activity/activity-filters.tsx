import { clientLabel } from '../../../shared/desktop/labels.ts'
import { Pick } from '../../ui/pick.tsx'
import { type FilterChoice, PERIODS, RESULTS } from './entry-filter.ts'
import { functionLabel } from './entry-words.ts'
import type { Seen } from './seen-values.ts'

type ActivityFiltersProps = {
  choice: FilterChoice
  seen: Seen
  onChoose: (choice: FilterChoice) => void
}

/** What of the activity to list. */
export function ActivityFilters({ choice, seen, onChoose }: ActivityFiltersProps) {
  const words = (field: 'client' | 'account' | 'function', all: string) => [
    { value: '', title: all },
    // What is chosen stays among them, whatever was seen since.
    ...[...new Set([...seen[field], ...(choice[field] === '' ? [] : [choice[field]])])].map(value => ({
      value,
      title: TITLES[field](value),
    })),
  ]
  return (
    <search className="filters">
      <Pick
        label="Client"
        value={choice.client}
        options={words('client', 'Any client')}
        onPick={client => onChoose({ ...choice, client })}
      />
      <Pick
        label="What was called"
        value={choice.function}
        options={words('function', 'Any call')}
        onPick={name => onChoose({ ...choice, function: name })}
      />
      <Pick
        label="Result"
        value={choice.result}
        options={Object.entries(RESULTS).map(([value, { title }]) => ({ value, title }))}
        onPick={result => onChoose({ ...choice, result })}
      />
      <Pick
        label="Account"
        value={choice.account}
        options={words('account', 'Any account')}
        onPick={account => onChoose({ ...choice, account })}
      />
      <Pick
        label="When"
        value={choice.period}
        options={PERIOD_OPTIONS}
        onPick={period => onChoose({ ...choice, period })}
      />
    </search>
  )
}

const TITLES = {
  client: clientLabel,
  account: (alias: string) => alias,
  function: functionLabel,
}

const PERIOD_OPTIONS = (Object.keys(PERIODS) as (keyof typeof PERIODS)[]).map(value => ({
  value,
  title: PERIODS[value].title,
}))
