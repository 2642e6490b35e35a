import { app } from 'electron'

/** Whether this is the only app of this home; where it is not, the other one is told and this one has to end. */
export function isOnlyInstance(isQuiet: boolean): boolean {
  return app.requestSingleInstanceLock({ isQuiet })
}

/** Calls `shown` when somebody starts the app again: the way to its windows where there is no tray. */
export function onStartedAgain(shown: () => void): void {
  app.on('second-instance', (_event, _argv, _folder, data) => {
    if (!isQuietStart(data)) shown()
  })
  // A click on the icon in the dock or the launcher of macOS.
  app.on('activate', () => shown())
}

function isQuietStart(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'isQuiet' in data && data.isQuiet === true
}
