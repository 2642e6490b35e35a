import { spawnSync } from 'node:child_process'
import { findOnPath } from '../setup/paths.mjs'

export type Runtime = { name: string; command: string }

/** The Nodes to measure on: the one at work here, and the system's where it is another one that we support. */
export function runtimes(): Runtime[] {
  const own = { name: `Node ${process.versions.node}`, command: process.execPath }
  const command = findOnPath('node')
  const version =
    command && spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout.trim().replace(/^v/, '')
  if (!command || !version || version === process.versions.node || !isSupported(version)) return [own]
  return [own, { name: `Node ${version}`, command }]
}

function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 20 || (major === 20 && minor >= 19)
}
