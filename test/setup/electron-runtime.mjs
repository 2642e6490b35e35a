import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLiveLine } from './live-line.mjs'
import { modules } from './paths.mjs'
import { ProblemForThePerson } from './problem.mjs'
import { lastLines, runQuietly } from './run-quietly.mjs'

const electron = join(modules, 'electron')

/** Electron's own program where it is already here; undefined where it would have to be fetched. */
export function findRuntime(variables = process.env) {
  const other = variables.ELECTRON_OVERRIDE_DIST_PATH
  return firstThere(
    other
      ? [join(other, nameOfProgram()), join(other, 'electron')]
      : [join(electron, 'dist', nameOfProgram())],
  )
}

/** The same, fetched by the package's own installer where it is missing. */
export async function fetchRuntime() {
  const found = findRuntime()
  if (found !== undefined) return found
  await withLiveLine("Fetching Electron's runtime (once, some 100 MB)", async () => {
    const { code, output } = await runQuietly(process.execPath, [join(electron, 'install.js')])
    if (code !== 0) throw new ProblemForThePerson(`${lastLines(output, 3)}\n\n${NONE}`)
  })
  const fetched = findRuntime()
  if (fetched === undefined) throw new ProblemForThePerson(NONE)
  return fetched
}

/** Whether there is a screen to show windows on. */
export function hasDisplay({ DISPLAY, WAYLAND_DISPLAY } = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY)
}

const NONE =
  "The app needs Electron's own runtime, which comes from GitHub and could not be had. Where there is no way there, let ELECTRON_OVERRIDE_DIST_PATH name a folder with it; `kosmo broker` and `kosmo approvals watch` do the same at a terminal."

/** As `install.js` has noted it down. */
function nameOfProgram() {
  const path = join(electron, 'path.txt')
  return existsSync(path) ? readFileSync(path, 'utf8') : 'electron'
}

function firstThere(paths) {
  return paths.find(existsSync)
}
