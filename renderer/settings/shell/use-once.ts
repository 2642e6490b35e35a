import { useEffect, useEffectEvent, useReducer, useRef, useState } from 'react'
import type { SettingsRemote } from '../../../shared/protocol/window-bridge.ts'
import type { CallFailed } from '../../ui/remote.ts'
import { useSurroundings } from './remote-context.ts'
import { type Asked, asFailure } from './use-question.ts'

type State<Value> = { kind: 'value'; value: Value } | { kind: 'failure'; failure: CallFailed } | undefined

/** Asks the app once; whatever changes meanwhile, what is on the screen stays until it is asked again. */
export function useOnce<Value>(ask: (remote: SettingsRemote) => Promise<Value>): Asked<Value> {
  const { remote } = useSurroundings()
  const [round, again] = useReducer((count: number) => count + 1, 0)
  const [state, setState] = useState<State<Value>>()
  /** The round that was answered; a section that comes back to the screen has its answer. */
  const answered = useRef<number>(undefined)
  const askNow = useEffectEvent(() => ask(remote))
  useEffect(() => {
    if (answered.current === round) return undefined
    let isOver = false
    const take = (next: State<Value>) => {
      if (isOver) return
      answered.current = round
      setState(next)
    }
    setState(undefined)
    askNow().then(
      value => take({ kind: 'value', value }),
      (error: unknown) => take({ kind: 'failure', failure: asFailure(error) }),
    )
    return () => {
      isOver = true
    }
  }, [round])
  if (state === undefined) return { kind: 'waiting' }
  if (state.kind === 'failure') return { kind: 'failed', failure: state.failure, again }
  return { kind: 'answered', value: state.value, stale: undefined, again }
}
