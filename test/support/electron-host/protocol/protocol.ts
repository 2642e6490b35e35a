import { NotDone, refuseOthers, strict } from '../strict.ts'

type Handler = Parameters<Electron.Protocol['handle']>[1]

const privileged = new Set<string>()
const handlers = new Map<string, Handler>()
let isReady = false
let isRegistered = false

/** From here on no scheme can be made privileged. */
export function protocolIsReady(): void {
  isReady = true
}

/** The schemes that this app has, for mapping addresses. */
export function ownSchemes(): Iterable<string> {
  return privileged
}

/** @throws NotDone for schemes that Electron would treat otherwise than this host can */
export function handlerOf(scheme: string): Handler | undefined {
  return handlers.get(scheme)
}

function registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
  if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
  if (isRegistered) throw new Error('protocol.registerSchemesAsPrivileged may be called once only')
  isRegistered = true
  for (const { scheme, privileges = {} } of schemes) {
    refuseOthers('protocol.registerSchemesAsPrivileged', privileges, [
      'standard',
      'secure',
      'supportFetchAPI',
      'codeCache',
      'stream',
      'corsEnabled',
    ])
    if (privileges.standard !== true || privileges.secure !== true) {
      throw new NotDone(`a scheme (${scheme}) that is not standard and secure`)
    }
    privileged.add(scheme)
  }
}

function handle(scheme: string, handler: Handler): void {
  if (!privileged.has(scheme))
    throw new NotDone(`protocol.handle of "${scheme}", which was not made privileged`)
  if (handlers.has(scheme)) throw new Error(`The scheme "${scheme}" has been registered already`)
  handlers.set(scheme, handler)
}

function unhandle(scheme: string): void {
  if (!handlers.delete(scheme)) throw new Error(`The scheme "${scheme}" has not been registered`)
}

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged,
  handle,
  unhandle,
  isProtocolHandled: (scheme: string) => handlers.has(scheme),
} satisfies Partial<Electron.Protocol>)
