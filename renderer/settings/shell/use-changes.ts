import { useEffect } from 'react'
import type { SettingsEvents } from '../../../shared/protocol/window-bridge.ts'
import { listen } from '../../ui/remote.ts'
import { readSection, type SectionId } from './sections.ts'

/** A busy agent changes something many times a second; nobody reads that fast. */
const PAUSE_MS = 250

type Heard = { onChanged(): void; onSection(section: SectionId): void }

/** Listens to the app: what changed is told at once and then at most four times a second, the last change always. */
export function useChanges({ onChanged, onSection }: Heard): void {
  useEffect(() => {
    let pause: ReturnType<typeof setTimeout> | undefined
    let isDue = false
    const tell = () => {
      isDue = false
      pause = setTimeout(() => {
        pause = undefined
        if (isDue) tell()
      }, PAUSE_MS)
      onChanged()
    }
    const end = listen<SettingsEvents>({
      changed() {
        isDue = true
        if (pause === undefined) tell()
      },
      focusSection({ section }) {
        const known = readSection(section)
        if (known !== undefined) onSection(known)
      },
    })
    return () => {
      clearTimeout(pause)
      end()
    }
  }, [onChanged, onSection])
}
