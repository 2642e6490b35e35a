import { createContext, useContext } from 'react'
import type { SettingsRemote } from '../../../shared/protocol/window-bridge.ts'
import type { Move } from './place.ts'

/** What every part of the window stands on. */
export type Surroundings = {
  remote: SettingsRemote
  /** One more each time that something may have changed. */
  revision: number
  /** Asks anew for what is on the screen. */
  refresh(): void
  /** Shows another section, or the set-up. */
  move(move: Move): void
  /** What paths begin with that are shown as `~/…`; empty until it is known. */
  homeDirectory: string
}

const SurroundingsContext = createContext<Surroundings | undefined>(undefined)

export const SurroundingsProvider = SurroundingsContext.Provider

/** @throws outside of the window's own tree */
export function useSurroundings(): Surroundings {
  const surroundings = useContext(SurroundingsContext)
  if (surroundings === undefined) throw new Error('There is no app around this.')
  return surroundings
}

/** Whether the section around this is the one on the screen. */
const ShownContext = createContext(true)

export const ShownProvider = ShownContext.Provider

/** What lies over the page is closed while its section is not on the screen. */
export function useIsShown(): boolean {
  return useContext(ShownContext)
}
