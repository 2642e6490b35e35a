import { findOnPath } from './paths.mjs'

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome']

/** The browser that tests of pages run in; undefined where there is none. */
export function findChromium() {
  return PROGRAMS.map(findOnPath).find(path => path !== undefined)
}
