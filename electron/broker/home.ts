import { homedir, userInfo } from 'node:os'
import { isAbsolute, join } from 'node:path'

/**
 * Our folder: `KOSMO_HOME`, or `.kosmokrator-desktop` in the home directory on every system. Clients clear the
 * environment of their servers, so nothing but the home directory can be relied on.
 */
export function kosmoHome(variables: Record<string, string | undefined>): string {
  const named = variables.KOSMO_HOME?.trim()
  if (!named) return join(homedir(), '.kosmokrator-desktop')
  // What is written into a client's settings is read in another folder.
  return isAbsolute(named) ? named : join(currentFolder(), named)
}

/** Where the journal is. */
export function journalFolder(variables: Record<string, string | undefined>): string {
  return join(kosmoHome(variables), 'journal')
}

/** Where the broker listens: a socket in our folder, on Windows a named pipe of this user and this folder. */
export function brokerAddress(
  variables: Record<string, string | undefined>,
  platform: NodeJS.Platform,
): string {
  const home = kosmoHome(variables)
  if (platform !== 'win32') return join(home, 'run', 'broker.sock')
  const user = userInfo().username.replace(/[^\w.-]/g, '_')
  // Windows takes all of these for one folder.
  const folder = home.replaceAll('/', '\\').replace(/\\+$/, '').toLowerCase()
  return `\\\\.\\pipe\\kosmokrator-desktop-${user}-${shortHash(folder)}`
}

/** FNV-1a in 8 hex digits: keeps folders apart and hides nothing, so that the bridge need not load node:crypto. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** The folder in which this process works; empty where it is gone. */
export function currentFolder(): string {
  try {
    return process.cwd()
  } catch {
    return ''
  }
}
