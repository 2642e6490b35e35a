import type { ClientFacts, Place } from './client-facts.ts'

/** A system as far as paths depend on it. */
export type PathSystem = {
  /** `darwin`, `win32`, or anything else for Linux and its like. */
  platform: string
  /** The home directory of the person. */
  userHome: string
  variables: Readonly<Record<string, string | undefined>>
}

/** Where the person's settings of a client can be, most likely first. */
export function userPaths(facts: ClientFacts, system: PathSystem): string[] {
  const { folderVariable } = facts
  const folder = ownFolder(facts, system)
  if (folder !== undefined && folderVariable !== undefined)
    return [joined(system, folder, folderVariable.file)]
  return facts.user[systemOf(system)].map(place => placePath(place, system))
}

/** The folder whose being there says that the client is, or was, in use. */
export function markPath(facts: ClientFacts, system: PathSystem): string {
  return ownFolder(facts, system) ?? placePath(facts.marks[systemOf(system)], system)
}

/** Where a project's settings of a client are; undefined where it has none. */
export function projectPath(facts: ClientFacts, folder: string, system: PathSystem): string | undefined {
  return facts.project && joined(system, folder, ...facts.project)
}

function ownFolder({ folderVariable }: ClientFacts, { variables }: PathSystem): string | undefined {
  return folderVariable && (variables[folderVariable.name]?.trim() || undefined)
}

function placePath({ below, names }: Place, system: PathSystem): string {
  return joined(system, ...baseOf(below, system), ...names)
}

function baseOf(below: Place['below'], { userHome, variables }: PathSystem): string[] {
  switch (below) {
    case 'home':
      return [userHome]
    case 'config':
      return variables.XDG_CONFIG_HOME?.trim() ? [variables.XDG_CONFIG_HOME.trim()] : [userHome, '.config']
    case 'application-support':
      return [userHome, 'Library', 'Application Support']
    case 'appdata':
      return variables.APPDATA?.trim() ? [variables.APPDATA.trim()] : [userHome, 'AppData', 'Roaming']
  }
}

function systemOf({ platform }: PathSystem): 'mac' | 'windows' | 'linux' {
  return platform === 'darwin' ? 'mac' : platform === 'win32' ? 'windows' : 'linux'
}

function joined({ platform }: PathSystem, ...names: string[]): string {
  return names.join(platform === 'win32' ? '\\' : '/')
}
