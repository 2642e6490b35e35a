import { lstatSync, readFileSync } from 'node:fs'
import { COMMAND_NAMES, cmdShim, isShim, shellShim } from '../../shared/install/shim.ts'
import { codeOf } from '../broker/fault-code.ts'
import { type InstallSystem, pathRules } from './install-system.ts'

/** What is at a place where a start of ours would be. */
export type ShimFile =
  | { kind: 'missing'; path: string }
  | { kind: 'ours'; path: string; text: string }
  /** Somebody else's, or nothing that can be read. */
  | { kind: 'foreign'; path: string }

/** The text of a start in that folder; undefined where cmd could not read it. */
export function shimIn(folder: string, { platform, program }: InstallSystem): string | undefined {
  return platform === 'win32' ? cmdShim(program, folder) : shellShim(program)
}

/** What is in a folder under the names of the command. */
export function shimFiles(folder: string, system: InstallSystem): ShimFile[] {
  const ending = system.platform === 'win32' ? '.cmd' : ''
  return COMMAND_NAMES.map(name => lookAt(pathRules(system).join(folder, name + ending)))
}

function lookAt(path: string): ShimFile {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found === undefined) return { kind: 'missing', path }
    if (!found.isFile() || found.size > 64 * 1024) return { kind: 'foreign', path }
    const text = readFileSync(path, 'utf8')
    return isShim(text) ? { kind: 'ours', path, text } : { kind: 'foreign', path }
  } catch (error) {
    // A file in the place of the folder is somebody's as well.
    return { kind: codeOf(error) === 'ENOENT' ? 'missing' : 'foreign', path }
  }
}
