/** The steps of the set-up, in order. */
export const STEPS = [
  { id: 'account', title: 'Account' },
  { id: 'scope', title: 'Scope' },
  { id: 'policy', title: 'Posting' },
  { id: 'connect', title: 'Agent' },
  { id: 'try', title: 'Try it' },
] as const

export type StepId = (typeof STEPS)[number]['id']

/** The step after one; undefined after the last. */
export function stepAfter(step: StepId): StepId | undefined {
  return STEPS[STEPS.findIndex(({ id }) => id === step) + 1]?.id
}

/** The step before one; undefined where one cannot go back: what was stored stays stored. */
export function stepBefore(step: StepId): StepId | undefined {
  const before = STEPS[STEPS.findIndex(({ id }) => id === step) - 1]?.id
  return before === 'account' ? undefined : before
}
