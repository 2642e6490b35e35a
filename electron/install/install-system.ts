import { posix, win32 } from 'node:path'
import type { ClientSystem } from '../clients/client-system.ts'
import type { UserPath } from './windows-user-path.ts'

/** Everything outside that putting the command on the PATH depends on; PATH is that of a terminal. */
export type InstallSystem = Pick<ClientSystem, 'platform' | 'userHome' | 'variables' | 'uid' | 'program'> & {
  /** Undefined where the system has none, which is everywhere but on Windows. */
  userPath: UserPath | undefined
}

/** The rules of paths of a system. */
export function pathRules({ platform }: Pick<InstallSystem, 'platform'>): typeof posix {
  return platform === 'win32' ? win32 : posix
}

/** The folders of PATH, in order. */
export function pathFolders(system: Pick<InstallSystem, 'platform' | 'variables'>): string[] {
  const { variables } = system
  const { delimiter, isAbsolute } = pathRules(system)
  return (variables.PATH ?? variables.Path ?? '').split(delimiter).filter(folder => isAbsolute(folder))
}
