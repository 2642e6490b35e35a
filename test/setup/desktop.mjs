import { existsSync } from 'node:fs'
import { installPackages } from './debian.mjs'
import { withLiveLine } from './live-line.mjs'
import { findOnPath } from './paths.mjs'

/** Programs that a desktop for tests is made of, with the Debian packages that have them. */
const PARTS = {
  chromium: 'chromium',
  Xvfb: 'xvfb',
  'dbus-daemon': 'dbus',
  'xfce4-panel': 'xfce4-panel',
  openbox: 'openbox',
  xdotool: 'xdotool',
  import: 'imagemagick',
}

/** Shows notifications with buttons that can be pressed. Not on PATH. */
const NOTIFICATION_DAEMON = '/usr/lib/notification-daemon/notification-daemon'

const FONTS = ['fonts-dejavu-core', 'fonts-noto-color-emoji']

/**
 * Why tests have no desktop of their own here; undefined where they have one.
 *
 * @returns {string | undefined}
 */
export function desktopLacks() {
  if (process.platform !== 'linux')
    return `a desktop for tests is made on Linux alone, and this is ${process.platform}`
  const missing = missingPackages()
  if (missing.length === 0) return undefined
  return `not installed: ${missing.join(', ')} (as root: apt-get install ${missing.join(' ')})`
}

/** Installs what is missing where it may be installed without asking. */
export async function installDesktop() {
  const missing = process.platform === 'linux' ? missingPackages() : []
  if (missing.length === 0 || !existsSync('/usr/bin/apt-get')) return
  await withLiveLine('Installing a desktop for tests (apt-get)', async () =>
    installPackages([...missing, ...FONTS]),
  )
  const lacks = desktopLacks()
  if (lacks !== undefined)
    process.stderr.write(`Tests of windows, tray and notifications are skipped; ${lacks}.\n`)
}

function missingPackages() {
  const missing = Object.keys(PARTS).filter(program => findOnPath(program) === undefined)
  const packages = missing.map(program => PARTS[program])
  return existsSync(NOTIFICATION_DAEMON) ? packages : [...packages, 'notification-daemon']
}
