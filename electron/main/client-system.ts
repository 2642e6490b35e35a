import { homedir } from 'node:os'
import { version } from '../../package.json'
import { APP_ID } from '../../shared/desktop/app-id.ts'
import type { SurfaceHandlers } from '../../shared/protocol/surface-methods.ts'
import { openAccounts } from '../broker/accounts/accounts.ts'
import { openKeychainStore } from '../broker/accounts/keychain-store.ts'
import type { BrokerState } from '../broker/broker-state.ts'
import { ownProgram } from '../broker/own-programs.ts'
import { systemEnvironment } from '../broker/system-environment.ts'
import type { ClientSystem } from '../clients/client-system.ts'
import type { DoctorSystem } from '../clients/doctor/doctor-system.ts'
import { usualProgramFolders } from '../clients/program-folders.ts'
import { offeredIntegrations } from '../gateway/offered.ts'
import type { LeavingSystem } from '../install/leaving.ts'
import { terminalPath } from '../install/shell-path.ts'
import { stableProgram } from '../install/stable-program.ts'
import { windowsRunKey } from '../install/windows-run-key.ts'
import { windowsUserPath } from '../install/windows-user-path.ts'
import { catalogue } from '../integrations/catalogue.ts'
import type { CliRuntime } from './cli-runtime.ts'
import type { ExportedRuntime } from './exported-runtime.ts'

export type ClientSurroundings = {
  home: string
  variables: Record<string, string | undefined>
  platform: NodeJS.Platform
  runtime: CliRuntime
  /** What others are told to start. */
  exported: ExportedRuntime
  state: BrokerState
  surface: Pick<SurfaceHandlers, 'status' | 'clients'>
}

/**
 * This machine, as connecting clients from the app sees it.
 *
 * @param program what they are to start; what the app itself runs, where nothing is written
 */
export function clientSystem(
  { home, variables, platform, runtime, state }: ClientSurroundings,
  program: CliRuntime = runtime,
): ClientSystem {
  const userHome = homedir()
  const settings = state.settings.read()
  return {
    platform,
    userHome,
    variables,
    kosmoHome: home,
    programFolders: usualProgramFolders(platform, userHome),
    // An app is in no project.
    cwd: userHome,
    uid: process.getuid?.(),
    now: Date.now,
    program: stableProgram({ node: program.node, script: ownProgram('kosmo', program.folder) }),
    offered: offeredIntegrations(),
    waitSeconds: settings.kind === 'settings' ? settings.settings.waitSeconds : undefined,
  }
}

/** The same with everything that a doctor looks at; the broker is the one in this process. */
export async function doctorSystem(around: ClientSurroundings): Promise<DoctorSystem> {
  const { home, variables, runtime, state, surface } = around
  const helper = { command: runtime.node, args: [ownProgram('keychain-helper', runtime.folder)] }
  // Where there is no other, the doctor says what is wrong with this one.
  const program = await around.exported().catch(() => runtime)
  return {
    ...clientSystem(around, program),
    version,
    settings: state.settings,
    accounts: openAccounts(home, state.settings, { variables, helper }),
    keychain: openKeychainStore({ variables, helper }),
    integrations: catalogue,
    environment: systemEnvironment(variables),
    async broker() {
      const { pid, ceiling, surfaces, problems } = await surface.status({})
      const clientPids = async () => (await surface.clients({})).map(client => client.pid)
      return { version, pid, ceiling, surfaces, problems, clientPids, close: () => undefined }
    },
  }
}

/** The same with everything outside our own folder, and PATH as a terminal has it. */
export async function installSystem(around: ClientSurroundings): Promise<LeavingSystem> {
  const system = clientSystem(around, await around.exported())
  const { variables, platform } = around
  const path = await terminalPath(system)
  const isWindows = platform === 'win32'
  return {
    ...system,
    variables: path === undefined ? variables : { ...variables, PATH: path },
    userPath: isWindows ? windowsUserPath(variables) : undefined,
    runKey: isWindows ? windowsRunKey(APP_ID, variables) : undefined,
  }
}
