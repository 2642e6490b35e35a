import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const PACKAGE = resolve(import.meta.dirname, '../../../node_modules/electron')

/** The real Electron, or why there is none here. Downloads nothing. */
export type ElectronRuntime = { kind: 'found'; program: string } | { kind: 'missing'; why: string }

export function findElectronRuntime(): ElectronRuntime {
  const named = join(PACKAGE, 'path.txt')
  if (!existsSync(named))
    return missing('the electron package has not fetched its runtime (npx install-electron)')
  const program = join(PACKAGE, 'dist', readFileSync(named, 'utf8'))
  if (!existsSync(program)) return missing(`${program} is not there (npx install-electron)`)
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) {
    return missing('there is no display (xvfb-run -a npm test -- test/e2e/electron-smoke.test.ts)')
  }
  return { kind: 'found', program }
}

function missing(why: string): ElectronRuntime {
  return { kind: 'missing', why }
}
