import { homedir } from 'node:os'
import { kosmoHome } from '../../broker/home.ts'
import { ownProgram } from '../../broker/own-programs.ts'
import { openSettings } from '../../broker/settings-file.ts'
import type { ClientSystem } from '../../clients/client-system.ts'
import { usualProgramFolders } from '../../clients/program-folders.ts'
import { offeredIntegrations } from '../../gateway/offered.ts'
import { stableProgram } from '../../install/stable-program.ts'
import type { CliIo } from '../terminal/io.ts'

/** This machine, as connecting clients from a terminal sees it: they are to start this very program. */
export function cliSystem({ variables, cwd, now }: CliIo): ClientSystem {
  const home = kosmoHome(variables)
  const settings = openSettings(home).read()
  return {
    platform: process.platform,
    userHome: homedir(),
    variables,
    kosmoHome: home,
    programFolders: usualProgramFolders(process.platform, homedir()),
    cwd,
    uid: process.getuid?.(),
    now,
    program: stableProgram({ node: process.execPath, script: ownProgram('kosmo') }),
    offered: offeredIntegrations(),
    waitSeconds: settings.kind === 'settings' ? settings.settings.waitSeconds : undefined,
  }
}
