import { expect, it } from 'vitest'
import { type TrayFacts, trayState, trayTooltip } from '../../../shared/desktop/tray-state.ts'

const FACTS: TrayFacts = { ceiling: 'ask', waiting: 0, problems: [] }

it.each<[Partial<TrayFacts>, ReturnType<typeof trayState>, string]>([
  [{ ceiling: 'deny' }, { kind: 'read-only' }, 'KosmoKrator: Read-only'],
  [{}, { kind: 'ask' }, 'KosmoKrator: Ask me'],
  [{ ceiling: 'allow' }, { kind: 'allow' }, 'KosmoKrator: Allow'],
  [{ waiting: 1 }, { kind: 'waiting', count: 1 }, 'KosmoKrator: 1 post waits for you'],
  [{ waiting: 7, ceiling: 'deny' }, { kind: 'waiting', count: 7 }, 'KosmoKrator: 7 posts wait for you'],
  [{ problems: ['a', 'b'] }, { kind: 'trouble', why: 'a' }, 'KosmoKrator: something is wrong'],
  // Somebody waits: that cannot wait.
  [{ problems: ['a'], waiting: 2 }, { kind: 'waiting', count: 2 }, 'KosmoKrator: 2 posts wait for you'],
])('%o', (facts, state, tooltip) => {
  expect(trayState({ ...FACTS, ...facts })).toEqual(state)
  expect(trayTooltip(state)).toBe(tooltip)
})
