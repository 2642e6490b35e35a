import { type Key, readKeys } from '../../../electron/cli/terminal/keys.ts'
import { onEvent, rowsInFrame } from '../../../electron/cli/terminal/watch-events.ts'
import { onKeys } from '../../../electron/cli/terminal/watch-keys.ts'
import { type Effect, initialState, type WatchState } from '../../../electron/cli/terminal/watch-state.ts'
import type { Approval } from '../../../shared/approvals/approval.ts'

/** A watch whose clock the test moves; every frame is drawn at once unless it says otherwise. */
export function openWatch(approvals: Approval[], size = { columns: 100, rows: 40 }) {
  let state: WatchState = initialState(size)
  let at = 10_000
  const effects: Effect[] = []
  const take = (step: { state: WatchState; effects: Effect[] }) => {
    state = step.state
    effects.push(...step.effects)
  }
  const event = (each: Parameters<typeof onEvent>[1]) => take(onEvent(state, each, at))
  const draw = () => event({ kind: 'drawn', generation: state.generation, ...rowsInFrame(state) })
  const watch = {
    event,
    draw,
    effects,
    get state() {
      return state
    },
    decided: () => effects.filter(({ kind }) => kind === 'answer'),
    wait(milliseconds: number) {
      at += milliseconds
    },
    /** What one read of the terminal brings. */
    read(chunk: string, keys: Key[] = readKeys(chunk)) {
      take(onKeys(state, keys, at))
    },
    /** A key of a person who looked first. */
    press(chunk: string) {
      draw()
      at += 1_000
      watch.read(chunk)
      draw()
    },
  }
  event({ kind: 'queue', approvals, more: 0 })
  return watch
}
