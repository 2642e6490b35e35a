import { accessSync, constants } from 'node:fs'
import { dirname } from 'node:path'
import { app, autoUpdater as squirrel } from 'electron'
import { isNewerRelease } from '../../../shared/updates/newer-version.ts'
import { releaseNotes } from '../../../shared/updates/release-notes.ts'
import { UpdateFault, type Updater } from './updater.ts'

/** Within this macOS has taken over what was downloaded, or it never will. */
const SQUIRREL_WITHIN_MS = 120_000

export type ElectronUpdaterOptions = {
  platform: NodeJS.Platform
  variables: Record<string, string | undefined>
}

/**
 * The updater of electron-builder, on the feed that the build has put beside the app. It asks before everything: it
 * fetches and installs what it is told to. It checks the SHA-512 of what it downloads, on Windows and macOS the signature.
 */
export async function openElectronUpdater({ platform, variables }: ElectronUpdaterOptions): Promise<Updater> {
  // Only now: it takes a while to load, and most starts never need it.
  const { autoUpdater } = await import('electron-updater')
  autoUpdater.autoDownload = false
  autoUpdater.autoInstallOnAppQuit = false
  autoUpdater.allowPrerelease = false
  autoUpdater.allowDowngrade = false
  autoUpdater.disableWebInstaller = true
  autoUpdater.logger = null
  // It would send a number with each question by which the server could know this computer again.
  autoUpdater.requestHeaders = { 'x-user-staging-id': 'none' }
  return {
    async look() {
      const { updateInfo, isUpdateAvailable } = (await asFault(autoUpdater.checkForUpdates())) ?? {}
      if (updateInfo === undefined || !isUpdateAvailable) return undefined
      const { version } = updateInfo
      return isNewerRelease(version, app.getVersion())
        ? { version, notes: releaseNotes(updateInfo.releaseNotes) }
        : undefined
    },
    async download(progress) {
      const listener = ({ percent }: { percent: number }) => progress(percent)
      autoUpdater.on('download-progress', listener)
      try {
        await asFault(autoUpdater.downloadUpdate())
      } finally {
        autoUpdater.off('download-progress', listener)
      }
    },
    refusal() {
      const { APPIMAGE } = variables
      if (platform !== 'linux' || APPIMAGE === undefined) return undefined
      try {
        accessSync(dirname(APPIMAGE), constants.W_OK)
        return undefined
      } catch {
        return new UpdateFault('EACCES', 'the folder of the AppImage')
      }
    },
    async install(restart) {
      const handedOver = platform === 'darwin' ? squirrelTakesOver() : undefined
      // The new one may start before this one has ended.
      app.releaseSingleInstanceLock()
      autoUpdater.quitAndInstall(true, restart)
      await handedOver
    },
  }
}

/** On macOS the system's own updater takes a copy first, and has the app quit once it waits for its end. */
function squirrelTakesOver(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  app.once('before-quit', () => resolve())
  squirrel.once('error', () => resolve())
  setTimeout(resolve, SQUIRREL_WITHIN_MS)
  return promise
}

async function asFault<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const { code, message, statusCode } = error as { code?: unknown; message?: unknown; statusCode?: unknown }
    const status = typeof statusCode === 'number' ? statusCode : undefined
    throw new UpdateFault(typeof code === 'string' ? code : '', String(message ?? ''), status)
  }
}
