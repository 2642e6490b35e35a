import { accessSync, constants, statSync } from 'node:fs'
import { type InstallSystem, pathFolders, pathRules } from './install-system.ts'

/** Folders of the person's own in which programs usually are; on Windows there is none, so it is one of ours. */
export function binFolders(system: InstallSystem): string[] {
  const { platform, userHome, variables } = system
  const { join, isAbsolute } = pathRules(system)
  if (platform !== 'win32') return ['.local/bin', 'bin', '.bin'].map(name => join(userHome, name))
  const local = variables.LOCALAPPDATA
  const data = local !== undefined && isAbsolute(local) ? local : join(userHome, 'AppData', 'Local')
  return [join(data, 'KosmoKrator', 'bin')]
}

/** The first of them that is on the PATH and can be written to, else the first. */
export function binFolder(system: InstallSystem): string {
  const [first = '', ...more] = binFolders(system)
  return [first, ...more].find(folder => isOnPath(folder, system) && isWritable(folder)) ?? first
}

/** Whether programs in a folder are found by their name. */
export function isOnPath(folder: string, system: InstallSystem): boolean {
  const plain = (path: string) => {
    const bare = path.length > 1 ? path.replace(/[/\\]+$/, '') : path
    return system.platform === 'win32' ? bare.toLowerCase() : bare
  }
  return pathFolders(system).some(each => plain(each) === plain(folder))
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return statSync(folder).isDirectory()
  } catch {
    return false
  }
}
