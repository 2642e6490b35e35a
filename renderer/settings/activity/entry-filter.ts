import type { ActivityFilter } from '../../../shared/protocol/activity-methods.ts'

/** What a person chose above the list; empty words ask for everything. */
export type FilterChoice = {
  client: string
  account: string
  function: string
  result: string
  period: keyof typeof PERIODS
}

const DAY = 86_400_000

export const PERIODS = {
  any: { title: 'Any time', span: undefined },
  hour: { title: 'Last hour', span: DAY / 24 },
  day: { title: 'Last 24 hours', span: DAY },
  week: { title: 'Last 7 days', span: 7 * DAY },
  month: { title: 'Last 30 days', span: 30 * DAY },
} as const

/** Results that can be asked for, with the field and the word by which the audit knows each. */
export const RESULTS = {
  any: { title: 'Any result', words: {} },
  done: { title: 'Done', words: { outcome: 'ok' } },
  approved: { title: 'Approved', words: { decision: 'approved' } },
  edited: { title: 'Approved, edited', words: { decision: 'approved-edited' } },
  denied: { title: 'Denied', words: { decision: 'denied' } },
  expired: { title: 'No answer', words: { decision: 'expired' } },
  blocked: { title: 'Refused by policy', words: { decision: 'blocked' } },
  unclear: { title: 'Unclear', words: { outcome: 'unknown_outcome' } },
} as const satisfies Record<string, { title: string; words: ActivityFilter }>

export const EVERYTHING: FilterChoice = {
  client: '',
  account: '',
  function: '',
  result: 'any',
  period: 'any',
}

/** What to ask the audit for. @param now in milliseconds; a period is counted back from it */
export function filterOf(choice: FilterChoice, now: number): ActivityFilter {
  const { span } = PERIODS[choice.period]
  const words = isResult(choice.result) ? RESULTS[choice.result].words : {}
  return {
    ...(choice.client !== '' && { client: choice.client }),
    ...(choice.account !== '' && { account: choice.account }),
    ...(choice.function !== '' && { function: choice.function }),
    ...words,
    ...(span !== undefined && { since: now - span }),
  }
}

/** Whether a filter leaves anything out. */
export function isNarrowed(choice: FilterChoice): boolean {
  return Object.entries(EVERYTHING).some(([key, value]) => choice[key as keyof FilterChoice] !== value)
}

function isResult(word: string): word is keyof typeof RESULTS {
  return Object.hasOwn(RESULTS, word)
}
