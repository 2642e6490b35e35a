/** A program of ours that was started: its version, and the file or folder that it was started from. */
export type Started = { version: string; from: string }

/**
 * What to tell the person who started the app while one of another kind or version runs, e.g. an AppImage beside the
 * package of the system; undefined where it is the same one.
 */
export function otherStart(running: Started, started: Started): string | undefined {
  if (running.from === started.from && running.version === started.version) return undefined
  return `KosmoKrator ${running.version} (${running.from}) runs already, so ${started.version} (${started.from}) was not started: there is one of them at a time. To use that one, quit this one first. Remove the one that you do not need.`
}
