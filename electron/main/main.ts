import { join } from 'node:path'
import { app } from 'electron'
import { registerAppScheme } from './app-protocol.ts'
import { runDesktop } from './desktop.ts'
import { takeIdentity } from './identity.ts'
import { Lifecycle } from './lifecycle.ts'
import { isQuietStart } from './quiet-start.ts'
import { isOnlyInstance } from './single-instance.ts'

const { env, platform, argv } = process
const isQuiet = isQuietStart(argv)
const home = takeIdentity(env, platform)

if (isOnlyInstance(isQuiet)) {
  app.enableSandbox()
  registerAppScheme()
  const lifecycle = new Lifecycle()
  await app.whenReady()
  await runDesktop({
    home,
    variables: env,
    platform,
    isQuiet,
    lifecycle,
    pages: join(import.meta.dirname, '..', 'renderer'),
  })
} else app.quit()
