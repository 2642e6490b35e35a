import { useState } from 'react'
import type { CallFailed } from '../../ui/remote.ts'
import { useSurroundings } from './remote-context.ts'
import { asFailure } from './use-question.ts'

export type Action<Args extends unknown[]> = {
  /** Does it, unless it is under way already. Whether it was done. */
  run(...args: Args): Promise<boolean>
  isBusy: boolean
  failure: CallFailed | undefined
  /** Takes the failure off the screen. */
  clear(): void
}

/** Something that a person has done, once at a time; afterwards what is on the screen is asked for anew. */
export function useAction<Args extends unknown[]>(work: (...args: Args) => Promise<unknown>): Action<Args> {
  const { refresh } = useSurroundings()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<CallFailed>()
  return {
    isBusy,
    failure,
    clear: () => setFailure(undefined),
    async run(...args) {
      if (isBusy) return false
      setBusy(true)
      setFailure(undefined)
      try {
        await work(...args)
        return true
      } catch (error) {
        setFailure(asFailure(error))
        return false
      } finally {
        setBusy(false)
        refresh()
      }
    },
  }
}
