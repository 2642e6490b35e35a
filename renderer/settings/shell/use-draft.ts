import { useState } from 'react'

export type Draft<Value> = {
  value: Value
  set(value: Value): void
  /** What is typed differs from what is stored. */
  isChanged: boolean
  /** What is stored was changed by somebody else while this was being typed. */
  isOvertaken: boolean
  /** Back to what is stored. */
  reset(): void
}

/** What a person types over something that is stored. It follows what is stored only until they begin to type. */
export function useDraft<Value extends string | number | boolean>(stored: Value): Draft<Value> {
  const [typed, setTyped] = useState<{ value: Value; over: Value }>()
  const isChanged = typed !== undefined && typed.value !== stored
  return {
    value: typed?.value ?? stored,
    set: value => setTyped(before => ({ value, over: before?.over ?? stored })),
    isChanged,
    isOvertaken: isChanged && typed.over !== stored,
    reset: () => setTyped(undefined),
  }
}
