import { type FSWatcher, watch } from 'node:fs'

/** Tells when somebody else has written our settings: an editor, or a command while no broker ran. @returns what ends it */
export function watchSettings(home: string, changed: () => void): () => void {
  let watcher: FSWatcher | undefined
  try {
    watcher = watch(home, (_event, name) => {
      if (name === null || name === 'settings.json' || name === 'grants.json') changed()
    })
    watcher.on('error', () => undefined)
  } catch {
    // Whatever uses them reads them anew each time; only the tray would show it later.
  }
  return () => watcher?.close()
}
