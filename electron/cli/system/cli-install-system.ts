import { APP_ID } from '../../../shared/desktop/app-id.ts'
import type { LeavingSystem } from '../../install/leaving.ts'
import { windowsRunKey } from '../../install/windows-run-key.ts'
import { windowsUserPath } from '../../install/windows-user-path.ts'
import { cliSystem } from '../client-settings/cli-system.ts'
import type { CliIo } from '../terminal/io.ts'

/** This machine, as putting the command on the PATH from a terminal sees it. */
export function cliInstallSystem(io: CliIo): LeavingSystem {
  const system = cliSystem(io)
  const isWindows = system.platform === 'win32'
  return {
    ...system,
    userPath: isWindows ? windowsUserPath(system.variables) : undefined,
    runKey: isWindows ? windowsRunKey(APP_ID, system.variables) : undefined,
  }
}
