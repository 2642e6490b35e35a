import { spawnSync } from 'node:child_process'
import { findOnPath } from '../setup/paths.mjs'

/** `major`: as it stands in the tables, the same for all of its versions. */
export type Runtime = { name: string; major: string; command: string }

/** The Nodes to measure on: the one at work here, and the system's where it is another one that we support. */
export function runtimes(): Runtime[] {
  const own = runtime(process.versions.node, process.execPath)
  const command = findOnPath('node')
  const version =
    command && spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout.trim().replace(/^v/, '')
  if (!command || !version || version === process.versions.node || !isSupported(version)) return [own]
  return [own, runtime(version, command)]
}

function runtime(version: string, command: string): Runtime {
  return { name: `Node ${version}`, major: `Node ${version.split('.')[0]}`, command }
}

function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 20 || (major === 20 && minor >= 19)
}
