import { installPackages } from './debian.mjs'
import { findOnPath } from './paths.mjs'

/** What a test needs for a keychain of its own, and the Debian packages that have it. */
const PROGRAMS = ['gnome-keyring-daemon', 'dbus-daemon', 'dbus-send', 'python3']
const PACKAGES = ['gnome-keyring', 'dbus', 'python3']

/** Whether tests can start a keychain of their own. */
export function hasKeyring() {
  return process.platform === 'linux' && PROGRAMS.every(name => findOnPath(name) !== undefined)
}

/** Installs a keyring where it is missing and may be installed without asking. */
export function installKeyring() {
  if (process.platform === 'linux' && !hasKeyring()) installPackages(PACKAGES)
}
