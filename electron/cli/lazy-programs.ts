import type * as Solo from '../gateway/solo-gateway.ts'
import type * as ConfigFiles from './config-files.ts'
import type * as FindOriginals from './credentials-import/find-originals.ts'

/*
 * Built programs that are loaded only where they are needed. All lie in one folder, whichever of them asks; a name that
 * the bundler could follow would be put into every program that may load it.
 */

/** Gateway and broker for a process that works alone. */
export function loadSoloGateway(): typeof Solo {
  return require(`${__dirname}/solo-gateway.cjs`) as typeof Solo
}

/** Everything that reads YAML. */
export function loadConfigFiles(): typeof ConfigFiles {
  return require(`${__dirname}/config-files.cjs`) as typeof ConfigFiles
}

/** What reads the store of an original KosmoKrator, SQLite in it. */
export function loadFindOriginals(): typeof FindOriginals {
  return require(`${__dirname}/find-originals.cjs`) as typeof FindOriginals
}
