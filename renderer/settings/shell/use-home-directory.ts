import { useEffect, useState } from 'react'
import type { SettingsRemote } from '../../../shared/protocol/window-bridge.ts'

/** The person's home directory; empty until the app has told, and paths are shown whole then. */
export function useHomeDirectory(remote: SettingsRemote): string {
  const [home, setHome] = useState('')
  useEffect(() => {
    remote.appInfo({}).then(
      info => setHome(info.homeDirectory),
      // Nothing but the look of paths hangs on it.
      () => undefined,
    )
  }, [remote])
  return home
}
