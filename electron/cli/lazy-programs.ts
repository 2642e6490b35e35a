import type * as Solo from '../gateway/solo-gateway.ts'
import type * as ConfigFiles from './config-files.ts'

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
