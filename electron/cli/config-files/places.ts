import { statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { codeOf } from '../../broker/fault-code.ts'
import { kosmoHome } from '../../broker/home.ts'

/*
 * Where configuration files are. The bridge loads this at every start: it only looks whether they are there.
 */

/** As the original names them in a project. */
const PROJECT_NAMES = [join('.kosmo', 'config.yaml'), '.kosmo.yaml']

/** Deeper than any repository. */
const MOST_FOLDERS = 64

/** A person's own files, the nearest first. */
export function personFiles(variables: Record<string, string | undefined>): string[] {
  return [join(kosmoHome(variables), 'config.yaml'), join(homedir(), '.kosmo', 'config.yaml')]
}

/**
 * Files of the project around a folder that are there, up to the root of its repository; outside of one those of the
 * folder alone. What cannot be looked at counts as there; a person's own files are no project's.
 */
export function projectFiles(folder: string, variables: Record<string, string | undefined>): string[] {
  return projectFolders(folder)
    .flatMap(each => PROJECT_NAMES.map(name => join(each, name)))
    .filter(path => isThere(path) && !personFiles(variables).includes(path))
}

/** The file of a project that we write to. */
export function projectFileToWrite(folder: string): string {
  return join(projectFolders(folder).at(-1) ?? folder, '.kosmo', 'config.yaml')
}

function projectFolders(folder: string): string[] {
  // Of a folder that is gone, as `currentFolder` says it, there are no files.
  if (folder === '') return []
  const folders: string[] = []
  for (let each = resolve(folder); folders.length < MOST_FOLDERS; each = dirname(each)) {
    folders.push(each)
    if (isThere(join(each, '.git'))) return folders
    if (each === dirname(each)) break
  }
  return folders.slice(0, 1)
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    // A file where a folder would be.
    return codeOf(error) !== 'ENOTDIR'
  }
}
