import type { CDPSession } from 'playwright-core'
import { permissionHandlers } from './session.ts'

/** Permissions that pages of ours could ask for: Electron's name, and Chromium's. */
const PERMISSIONS = [
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['geolocation', 'geolocation'],
  ['idle-detection', 'idle-detection'],
  ['local-fonts', 'local-fonts'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['notifications', 'notifications'],
  ['storage-access', 'storage-access'],
  ['window-management', 'window-management'],
] as const

type Permission = (typeof PERMISSIONS)[number][0]

/**
 * Has Chromium grant a page what the app's handlers say. They are asked here, before the page asks: Chromium's own
 * question cannot be handed to them.
 */
export async function grantPermissions(
  session: CDPSession,
  contents: unknown,
  origin: string,
): Promise<void> {
  await Promise.all(
    PERMISSIONS.map(([name, chromium]) =>
      session.send('Browser.setPermission', {
        permission: { name: chromium },
        setting: isGranted(name, contents, origin) ? 'granted' : 'denied',
      }),
    ),
  )
}

function isGranted(name: Permission, contents: unknown, origin: string): boolean {
  const { request, check } = permissionHandlers()
  const asked = contents as Electron.WebContents
  const details = { requestingUrl: origin, isMainFrame: true }
  if (check !== null && !check(asked, name, origin, details)) return false
  if (request === null) return true
  let granted = false
  const answer = (isYes: boolean) => {
    granted = isYes
  }
  request(asked, name, answer, details)
  return granted
}
