import { app } from 'electron'
import * as z from 'zod'
import type { Started } from '../../shared/install/other-start.ts'
import { ownAppImage } from '../install/app-image.ts'

/** What a second start tells the first. */
const startSchema = z.object({
  isQuiet: z.boolean(),
  version: z.string().max(100),
  from: z.string().max(4_096),
})

/** What this is and where it was started from. */
export function ownStart(variables: NodeJS.ProcessEnv): Started {
  const place = app.isPackaged ? process.execPath : app.getAppPath()
  return { version: app.getVersion(), from: ownAppImage(variables, process.resourcesPath) ?? place }
}

/** Whether this is the only app of this home; where it is not, the other one is told and this one has to end. */
export function isOnlyInstance(isQuiet: boolean, variables: NodeJS.ProcessEnv): boolean {
  return app.requestSingleInstanceLock({ isQuiet, ...ownStart(variables) })
}

/**
 * Calls `shown` when somebody starts the app again: the way to its windows where there is no tray; and `other` with what
 * was started, which may be another version, or another kind of package.
 */
export function onStartedAgain(shown: () => void, other: (started: Started) => void): void {
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const start = startSchema.safeParse(data).data
    if (start?.isQuiet === true) return
    shown()
    if (start !== undefined) other(start)
  })
  // A click on the icon in the dock or the launcher of macOS.
  app.on('activate', () => shown())
}
