import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Our folder: `KOSMO_HOME`, or `.kosmokrator-desktop` in the home directory on every system. Clients clear the
 * environment of their servers, so nothing but the home directory can be relied on.
 */
export function kosmoHome(variables: Record<string, string | undefined>): string {
  return variables.KOSMO_HOME?.trim() || join(homedir(), '.kosmokrator-desktop')
}

/** Where the journal is. */
export function journalFolder(variables: Record<string, string | undefined>): string {
  return join(kosmoHome(variables), 'journal')
}
