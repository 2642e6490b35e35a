import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs'
import { isShim } from '../../shared/install/shim.ts'
import { type InstallSystem, pathFolders, pathRules } from './install-system.ts'
import { shimIn } from './shim-files.ts'

/** A program called `kosmo` on the PATH: this one, another KosmoKrator, or somebody else's. */
export type FoundCommand = { path: string; starts: 'this' | 'ours' | 'other' }

/** Starts are some lines. */
const MAX_BYTES = 64 * 1024

/** Every `kosmo` on the PATH, in the order in which a shell looks. */
export function findCommands(system: InstallSystem): FoundCommand[] {
  const { join } = pathRules(system)
  const names = system.platform === 'win32' ? ['kosmo.exe', 'kosmo.cmd'] : ['kosmo']
  const paths = pathFolders(system).flatMap(folder => names.map(name => join(folder, name)))
  return [...new Set(paths)].filter(isProgram).map(path => ({ path, starts: whatStarts(path, system) }))
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function whatStarts(path: string, system: InstallSystem): FoundCommand['starts'] {
  const { script } = system.program
  try {
    if (realpathSync(path) === realpathSync(script)) return 'this'
    const text = statSync(path).size > MAX_BYTES ? '' : readFileSync(path, 'utf8')
    const isShimOfThis = text === shimIn(pathRules(system).dirname(path), system)
    if (isShimOfThis || text.includes(script) || isOfSamePackage(path, system)) return 'this'
    return isShim(text) || /[/\\]kosmo\.cjs\b/.test(text) || /[/\\]kosmo\.cjs$/.test(realpathSync(path))
      ? 'ours'
      : 'other'
  } catch {
    return 'other'
  }
}

/** npm for Windows puts the start beside its folder of packages. */
function isOfSamePackage(path: string, system: InstallSystem): boolean {
  const { dirname, join } = pathRules(system)
  return system.program.script.startsWith(`${join(dirname(path), 'node_modules')}\\`)
}
