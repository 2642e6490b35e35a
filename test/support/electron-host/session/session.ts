import { protocol } from '../protocol/protocol.ts'
import { absent, strict } from '../strict.ts'

type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0]
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0]

const handlers: { request: RequestHandler; check: CheckHandler } = { request: null, check: null }

/** What the app says of permissions that pages ask for; without handlers Electron grants them all. */
export function permissionHandlers(): Readonly<typeof handlers> {
  return handlers
}

const defaultSession = strict('session', {
  protocol: protocol as Electron.Protocol,
  webRequest: strict('session.webRequest', {}) as Electron.WebRequest,
  setPermissionRequestHandler: handler => {
    handlers.request = handler
  },
  setPermissionCheckHandler: handler => {
    handlers.check = handler
  },
  // No pages here reach devices or screens.
  setDevicePermissionHandler: () => undefined,
  setDisplayMediaRequestHandler: () => undefined,
  setBluetoothPairingHandler: () => undefined,
  setUSBProtectedClassesHandler: () => undefined,
  setSpellCheckerEnabled: () => undefined,
  clearCache: async () => undefined,
} satisfies Partial<Electron.Session>)

/** The one session of all windows. */
export const session = strict('session', {
  defaultSession,
  // Not of a window: all that it is for is to be named in a request.
  fromPartition: (partition: string) => strict(`session ${partition}`, {}),
  fromPath: absent('session.fromPath'),
})
