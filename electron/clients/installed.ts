import { existsSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import type { ClientFacts } from '../../shared/clients/client-facts.ts'
import { markPath } from '../../shared/clients/client-paths.ts'
import type { ClientSystem } from './client-system.ts'

/** Whether a client is, or was, in use here: its folder is there, or its program is on the PATH. Starts nothing. */
export function isInstalled(facts: ClientFacts, system: ClientSystem): boolean {
  return existsSync(markPath(facts, system)) || isOnPath(facts.program, system)
}

function isOnPath(program: string | undefined, { variables, platform }: ClientSystem): boolean {
  if (program === undefined) return false
  const endings = platform === 'win32' ? ['.exe', '.cmd', '.bat'] : ['']
  const folders = (variables.PATH ?? variables.Path ?? '').split(delimiter).filter(isAbsolute)
  return folders.some(folder => endings.some(ending => existsSync(join(folder, program + ending))))
}
