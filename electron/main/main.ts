import { join } from 'node:path'
import { app, dialog } from 'electron'
import { registerAppScheme } from './app-protocol.ts'
import { runDesktop } from './desktop.ts'
import { takeIdentity } from './identity.ts'
import { Lifecycle } from './lifecycle.ts'
import { isQuietStart } from './quiet-start.ts'
import { isOnlyInstance } from './single-instance.ts'

const { env, platform, argv } = process
const isQuiet = isQuietStart(argv)
const home = takeIdentity(env, platform)

if (isOnlyInstance(isQuiet, env)) {
  app.enableSandbox()
  registerAppScheme()
  const lifecycle = new Lifecycle()
  const pages = join(import.meta.dirname, '..', 'renderer')
  // Awaited by nobody: Electron becomes ready only after this module has ended, and would wait for itself for ever.
  app
    .whenReady()
    .then(() => runDesktop({ home, variables: env, platform, isQuiet, lifecycle, pages }))
    .catch(() => {
      dialog.showErrorBox('KosmoKrator cannot start', 'It had a fault of its own.')
      app.exit(1)
    })
} else app.quit()
