import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { Waiting } from '../../ui/waiting.tsx'
import { isOffline } from '../words/trouble.ts'
import { Failure } from './failure.tsx'
import type { Asked } from './use-question.ts'

type AnsweredProps<Value> = {
  asked: Asked<Value>
  /** What is awaited, e.g. `Asking the server…`. */
  waiting?: string
  children: (value: Value) => ReactNode
}

/** What the app answered, or how far the question got. */
export function Answered<Value>({ asked, waiting, children }: AnsweredProps<Value>) {
  useAgainOnline(asked)
  switch (asked.kind) {
    case 'waiting':
      return <Waiting {...(waiting !== undefined && { what: waiting })} />
    case 'failed':
      return <Failure failure={asked.failure} again={asked.again} />
    case 'answered':
      return (
        <>
          {asked.stale !== undefined && (
            <Failure failure={asked.stale} title="What you see may be old." again={asked.again} />
          )}
          {children(asked.value)}
        </>
      )
  }
}

/** What failed for want of a network is asked again when there is one. */
function useAgainOnline(asked: Asked<unknown>): void {
  const failure =
    asked.kind === 'failed' ? asked.failure : asked.kind === 'answered' ? asked.stale : undefined
  const again = useEffectEvent(() => {
    if (asked.kind !== 'waiting') asked.again()
  })
  const isWaiting = failure !== undefined && isOffline(failure)
  useEffect(() => {
    if (!isWaiting) return undefined
    const listener = () => again()
    window.addEventListener('online', listener)
    return () => window.removeEventListener('online', listener)
  }, [isWaiting])
}
