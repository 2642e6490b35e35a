import { homedir } from 'node:os'
import { app, dialog } from 'electron'
import { KosmoError } from '../../shared/errors.ts'
import type { Broker } from '../broker/broker.ts'
import { ownAppImage } from '../install/app-image.ts'
import { setAppMenu } from './app-menu.ts'
import { serveAppPages } from './app-protocol.ts'
import { openAppStore } from './app-store.ts'
import { type CliRuntime, findCliRuntime } from './cli-runtime.ts'
import { startDesktopBroker } from './desktop-broker.ts'
import { exportedRuntime } from './exported-runtime.ts'
import type { Lifecycle } from './lifecycle.ts'
import { denyPermissions } from './permissions.ts'
import { openSurfaces } from './surfaces.ts'

export type DesktopOptions = {
  home: string
  variables: NodeJS.ProcessEnv
  platform: NodeJS.Platform
  /** No window is wanted now. */
  isQuiet: boolean
  lifecycle: Lifecycle
  /** The folder of the built pages. */
  pages: string
}

/** Starts everything that the app consists of; ends it with a sentence where that cannot be. */
export async function runDesktop(options: DesktopOptions): Promise<void> {
  serveAppPages(options.pages)
  denyPermissions()
  setAppMenu(options.platform)
  const started = await startBrokerOrSay(options)
  if (started === undefined) return app.quit()
  const { variables } = options
  const exported = exportedRuntime({
    runtime: started.runtime,
    appImage: ownAppImage(variables, process.resourcesPath),
    userHome: homedir(),
    variables,
    version: app.getVersion(),
  })
  // Clients that are connected already are to start this version from now on.
  exported().catch(error => report(error instanceof KosmoError ? error.message : 'a fault of our own'))
  openSurfaces({ ...options, ...started, exported, store: openAppStore(options.home), report })
}

type Started = { broker: Broker; runtime: CliRuntime }

async function startBrokerOrSay({ home, variables, platform }: DesktopOptions): Promise<Started | undefined> {
  try {
    const runtime = findCliRuntime({
      isPackaged: app.isPackaged,
      resources: process.resourcesPath,
      mainFolder: import.meta.dirname,
      variables,
      platform,
    })
    const broker = await startDesktopBroker({ home, variables, runtime, report, onStop: () => app.quit() })
    return broker && { broker, runtime }
  } catch (error) {
    if (!(error instanceof KosmoError))
      report(`internal fault: ${error instanceof Error ? error.name : typeof error}`)
    const why = error instanceof KosmoError ? error.message : 'It had a fault of its own.'
    dialog.showErrorBox('KosmoKrator cannot start', why)
    return undefined
  }
}

function report(line: string): void {
  process.stderr.write(`kosmo: ${line}\n`)
}
