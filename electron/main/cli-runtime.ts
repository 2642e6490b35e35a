import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { KosmoError } from '../../shared/errors.ts'

/** The Node that gateways and the command line run on, and the folder of the built programs. */
export type CliRuntime = { node: string; folder: string }

export type RuntimeSurroundings = {
  isPackaged: boolean
  /** Of a packaged app. */
  resources: string
  /** Of the built main process. */
  mainFolder: string
  variables: Record<string, string | undefined>
  platform: NodeJS.Platform
}

/**
 * Where the command line's programs are and what runs them: never Electron itself, whose fuse for that is off.
 *
 * @throws KosmoError `not_configured` where no Node is to be had
 */
export function findCliRuntime(around: RuntimeSurroundings): CliRuntime {
  const program = around.platform === 'win32' ? 'node.exe' : 'node'
  if (around.isPackaged) {
    const folder = join(around.resources, 'cli')
    return { node: join(folder, program), folder }
  }
  const folder = join(around.mainFolder, '..', 'cli')
  const named = around.variables.KOSMO_NODE
  const places = (around.variables.PATH ?? '').split(delimiter).filter(place => place !== '')
  const node = named || places.map(place => join(place, program)).find(isProgram)
  if (node !== undefined) return { node, folder }
  throw new KosmoError(
    'not_configured',
    'KosmoKrator needs Node 20.19 or newer for its command line, and there is none on the PATH. Install Node, or name one in KOSMO_NODE.',
  )
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
