import { existsSync } from 'node:fs'
import { delimiter, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')

export const modules = join(root, 'node_modules')

/**
 * PATH without the folders that npm puts in front of it for its scripts: in them `node` is the pinned one, which an
 * install removes while it runs.
 */
export function pathOfTheSystem() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.filter(folder => !folder.includes(`node_modules${sep}`)).join(delimiter)
}

/** The program of that name on the system's PATH; undefined where there is none. */
export function findOnPath(name) {
  const file = process.platform === 'win32' ? `${name}.exe` : name
  return pathOfTheSystem()
    .split(delimiter)
    .map(folder => join(folder, file))
    .find(path => existsSync(path))
}
