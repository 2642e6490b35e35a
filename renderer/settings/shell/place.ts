import type { SectionId } from './sections.ts'

/** What the window can show: a section, or the set-up, which is in no navigation. */
export type Place = SectionId | 'setup'

/** Where the window is, and where it has been: what was visited keeps what was typed in it. */
export type Places = {
  current: Place
  visited: readonly Place[]
  /** The focus goes to the new heading; it stays where it is for somebody who walks along the navigation. */
  wantsFocus: boolean
}

export type Move =
  /** Where it begins, unless somebody was faster. */
  | { kind: 'begin'; place: Place }
  | { kind: 'go'; place: Place; wantsFocus: boolean }
  /** The set-up is over, and what was typed in it is gone. */
  | { kind: 'end-setup' }

/** The places after a move; undefined while it is not known yet where to begin. */
export function movePlaces(before: Places | undefined, move: Move): Places | undefined {
  switch (move.kind) {
    case 'begin':
      return before ?? { current: move.place, visited: [move.place], wantsFocus: false }
    case 'go':
      return {
        current: move.place,
        visited: [...new Set([...(before?.visited ?? []), move.place])],
        wantsFocus: move.wantsFocus,
      }
    case 'end-setup': {
      const rest = (before?.visited ?? []).filter(place => place !== 'setup')
      return { current: 'overview', visited: [...new Set([...rest, 'overview' as const])], wantsFocus: true }
    }
  }
}
