import { useEffect, useEffectEvent, useReducer, useRef, useState } from 'react'
import type { SettingsRemote } from '../../../shared/protocol/window-bridge.ts'
import { CallFailed } from '../../ui/remote.ts'
import { useSurroundings } from './remote-context.ts'

/** How things stand with something that was asked of the app. */
export type Asked<Value> =
  | { kind: 'waiting' }
  | { kind: 'failed'; failure: CallFailed; again(): void }
  /** `stale`: why it could not be asked anew; the value is the one of before. */
  | { kind: 'answered'; value: Value; stale: CallFailed | undefined; again(): void }

type State<Value> = {
  key: string
  value: { of: Value } | undefined
  failure: CallFailed | undefined
}

/**
 * Asks the app, and again whenever something may have changed or `key` is another one. The answer of before stays on
 * the screen meanwhile, as long as it is to the same question.
 */
export function useQuestion<Value>(
  key: string,
  ask: (remote: SettingsRemote) => Promise<Value>,
): Asked<Value> {
  const { remote, revision } = useSurroundings()
  const [round, again] = useReducer((count: number) => count + 1, 0)
  const [state, setState] = useState<State<Value>>({ key, value: undefined, failure: undefined })
  const asked = useRef(0)
  const answered = useRef(0)
  const askNow = useEffectEvent(() => ask(remote))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number of the revision and of the round is why it asks
  useEffect(() => {
    let isOver = false
    const number = ++asked.current
    const take = (change: (before: State<Value>) => State<Value>) => {
      // An answer that was overtaken says what was; one to another question says nothing.
      if (number < answered.current || (isOver && key !== currentKey.current)) return
      answered.current = number
      setState(change)
    }
    askNow().then(
      value => take(() => ({ key, value: { of: value }, failure: undefined })),
      (error: unknown) =>
        take(before => ({
          key,
          value: before.key === key ? before.value : undefined,
          failure: asFailure(error),
        })),
    )
    return () => {
      isOver = true
    }
  }, [key, revision, round])
  const currentKey = useRef(key)
  useEffect(() => {
    currentKey.current = key
  }, [key])
  if (state.key !== key) return { kind: 'waiting' }
  const { value, failure } = state
  if (value !== undefined) return { kind: 'answered', value: value.of, stale: failure, again }
  return failure === undefined ? { kind: 'waiting' } : { kind: 'failed', failure, again }
}

/** Whatever was thrown, as a failure with a sentence for the person. */
export function asFailure(error: unknown): CallFailed {
  return error instanceof CallFailed
    ? error
    : new CallFailed('internal', 'Something went wrong in this window. Close it and open it again.')
}
