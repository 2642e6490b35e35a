import { statSync } from 'node:fs'
import { join } from 'node:path'

type Variables = Record<string, string | undefined>

/** What a keychain and the windows in which it asks need; everything else, tokens above all, stays here. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'LC_ALL',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'DBUS_SESSION_BUS_ADDRESS',
  'XDG_RUNTIME_DIR',
  'XDG_DATA_HOME',
  'TMPDIR',
  'SystemRoot',
  'SystemDrive',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'TEMP',
  'TMP',
]

/**
 * The environment of the keychain's helper. Clients clear that of their servers, so the bus of the session is looked
 * for where systemd puts it. `uid` is undefined on Windows.
 */
export function keychainEnvironment(variables: Variables, uid: number | undefined): Record<string, string> {
  const passed: Record<string, string> = {}
  for (const name of PASSED_ON) {
    const value = variables[name]
    if (value !== undefined) passed[name] = value
  }
  if (uid === undefined || passed.DBUS_SESSION_BUS_ADDRESS) return passed
  const bus = join(passed.XDG_RUNTIME_DIR || `/run/user/${uid}`, 'bus')
  return isOwnSocket(bus, uid) ? { ...passed, DBUS_SESSION_BUS_ADDRESS: `unix:path=${bus}` } : passed
}

function isOwnSocket(path: string, uid: number): boolean {
  try {
    const entry = statSync(path)
    return entry.isSocket() && entry.uid === uid
  } catch {
    return false
  }
}
