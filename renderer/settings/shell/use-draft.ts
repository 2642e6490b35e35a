import { useState } from 'react'

export type Draft<Value> = {
  value: Value
  set(value: Value): void
  /** What is typed differs from what is stored. */
  isChanged: boolean
  /** What is stored was changed by somebody else while this was being typed. */
  isOvertaken: boolean
  /** It was stored: it stays on the screen until the app tells what is stored now. */
  saved(): void
  /** Back to what is stored. */
  reset(): void
}

type Typed<Value> = { value: Value; over: Value; isSaved: boolean }

/** What a person types over something that is stored. It follows what is stored only until they begin to type. */
export function useDraft<Value extends string | number | boolean>(stored: Value): Draft<Value> {
  const [before, setTyped] = useState<Typed<Value>>()
  const typed = before?.isSaved === true && before.over !== stored ? undefined : before
  const isChanged = typed !== undefined && !typed.isSaved && typed.value !== stored
  return {
    value: typed?.value ?? stored,
    set: value => setTyped({ value, over: typed?.isSaved === false ? typed.over : stored, isSaved: false }),
    isChanged,
    isOvertaken: isChanged && typed.over !== stored,
    saved: () =>
      setTyped(now => {
        if (typed === undefined || now === undefined) return undefined
        // What was typed while it was being stored is typed over that.
        return now === before ? { ...typed, over: stored, isSaved: true } : { ...now, over: typed.value }
      }),
    reset: () => setTyped(undefined),
  }
}
