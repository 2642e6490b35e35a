import { isAbsolute, relative } from 'node:path'
import { realPath } from './real-path.ts'

/**
 * The file of the AppImage that this app runs from; undefined where it runs from none. What an AppImage starts inherits
 * its variables: an editor's terminal would have us take the editor for ourselves.
 *
 * @param resources the resources folder of the app
 */
export function ownAppImage(
  variables: Readonly<Record<string, string | undefined>>,
  resources: string,
): string | undefined {
  const { APPIMAGE: file, APPDIR: mount } = variables
  if (file === undefined || mount === undefined || !isAbsolute(file) || !isAbsolute(mount)) return undefined
  const way = relative(realPath(mount), realPath(resources))
  return way.startsWith('..') || isAbsolute(way) ? undefined : file
}
