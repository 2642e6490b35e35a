import { installPackages } from './debian-packages.mjs'
import { findOnPath } from './paths.mjs'

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome']

/** The browser that tests of pages run in; undefined where there is none. */
export function findChromium() {
  return PROGRAMS.map(findOnPath).find(path => path !== undefined)
}

/** Installs Chromium where it is missing. Quiet; where it fails, the tests of pages say that they were skipped. */
export function installChromium() {
  if (findChromium() === undefined) installPackages('chromium', 'fonts-dejavu-core', 'fonts-noto-color-emoji')
}
