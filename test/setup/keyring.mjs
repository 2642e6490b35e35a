import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findOnPath } from './paths.mjs'

/** What a test needs for a keychain of its own, and the Debian packages that have it. */
const PROGRAMS = ['gnome-keyring-daemon', 'dbus-daemon', 'dbus-send', 'python3']
const PACKAGES = ['gnome-keyring', 'dbus', 'python3']

/** Whether tests can start a keychain of their own. */
export function hasKeyring() {
  return process.platform === 'linux' && PROGRAMS.every(name => findOnPath(name) !== undefined)
}

/**
 * Installs a keyring where it is missing and may be installed without asking: as root, and in CI by sudo. Quiet; where
 * it fails, the tests that need it say that they were skipped.
 */
export function installKeyring() {
  if (process.platform !== 'linux' || hasKeyring() || !existsSync('/usr/bin/apt-get')) return
  const isRoot = process.getuid?.() === 0
  if (!isRoot && process.env.CI === undefined) return
  const before = isRoot ? [] : ['sudo', '-n']
  const run = (...args) => {
    const [command, ...rest] = [...before, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args]
    return spawnSync(command, rest, { stdio: 'ignore', timeout: 300_000 }).status === 0
  }
  const install = () => run('install', '-y', '--no-install-recommends', ...PACKAGES)
  if (!install()) run('update') && install()
}
