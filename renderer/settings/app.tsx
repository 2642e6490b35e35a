import { useCallback, useReducer } from 'react'
import type { SettingsRemote } from '../../shared/protocol/window-bridge.ts'
import { ChecksProvider } from './shell/checks-context.tsx'
import { Frame } from './shell/frame.tsx'
import { movePlaces } from './shell/place.ts'
import { SurroundingsProvider } from './shell/remote-context.ts'
import type { SectionId } from './shell/sections.ts'
import { useChanges } from './shell/use-changes.ts'
import { useHomeDirectory } from './shell/use-home-directory.ts'
import { useKeptFocus } from './shell/use-kept-focus.ts'

/** The settings window. */
export function App({ remote }: { remote: SettingsRemote }) {
  const [revision, refresh] = useReducer((count: number) => count + 1, 0)
  const [places, move] = useReducer(movePlaces, undefined)
  const homeDirectory = useHomeDirectory(remote)
  const onSection = useCallback((place: SectionId) => move({ kind: 'go', place, wantsFocus: true }), [])
  useChanges({ onChanged: refresh, onSection })
  useKeptFocus()
  return (
    <SurroundingsProvider value={{ remote, revision, refresh, move, homeDirectory }}>
      <ChecksProvider>
        <Frame places={places} />
      </ChecksProvider>
    </SurroundingsProvider>
  )
}
