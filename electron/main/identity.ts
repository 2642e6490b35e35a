import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { APP_ID } from '../../shared/desktop/app-id.ts'
import { kosmoHome } from '../broker/home.ts'

/** Names the class that Windows starts for a click on a notification; the installed shortcut has to carry it too. */
const TOAST_ACTIVATOR = '{6f0d1c5e-6a0b-4f0e-9a3e-2c1d7c0a5b71}'

/**
 * Says who we are, before anything else of Electron is used. Its own data go into our folder, so that there is one app
 * a home: the lock of the single instance is there.
 *
 * @returns our folder
 */
export function takeIdentity(variables: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = kosmoHome(variables)
  const data = join(home, 'electron')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  app.setPath('userData', data)
  if (platform === 'win32') {
    app.setAppUserModelId(APP_ID)
    app.setToastActivatorCLSID(TOAST_ACTIVATOR)
  }
  if (platform === 'darwin') app.setActivationPolicy('accessory')
  return home
}
