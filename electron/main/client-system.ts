import { homedir } from 'node:os'
import { version } from '../../package.json'
import type { SurfaceHandlers } from '../../shared/protocol/surface-methods.ts'
import { openAccounts } from '../broker/accounts/accounts.ts'
import { openKeychainStore } from '../broker/accounts/keychain-store.ts'
import type { BrokerState } from '../broker/broker-state.ts'
import { ownProgram } from '../broker/own-programs.ts'
import { systemEnvironment } from '../broker/system-environment.ts'
import type { ClientSystem } from '../clients/client-system.ts'
import type { DoctorSystem } from '../clients/doctor/doctor-system.ts'
import { usualProgramFolders } from '../clients/program-folders.ts'
import { stableNode } from '../clients/stable-node.ts'
import { offeredIntegrations } from '../gateway/offered.ts'
import { catalogue } from '../integrations/catalogue.ts'
import type { CliRuntime } from './cli-runtime.ts'

export type ClientSurroundings = {
  home: string
  variables: Record<string, string | undefined>
  platform: NodeJS.Platform
  runtime: CliRuntime
  state: BrokerState
  surface: Pick<SurfaceHandlers, 'status' | 'clients'>
}

/** This machine, as connecting clients from the app sees it: they are to start the program that the app ships. */
export function clientSystem({
  home,
  variables,
  platform,
  runtime,
  state,
}: ClientSurroundings): ClientSystem {
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
    program: { node: stableNode(runtime.node), script: ownProgram('kosmo', runtime.folder) },
    offered: offeredIntegrations(),
    waitSeconds: settings.kind === 'settings' ? settings.settings.waitSeconds : undefined,
  }
}

/** The same with everything that a doctor looks at; the broker is the one in this process. */
export function doctorSystem(around: ClientSurroundings): DoctorSystem {
  const { home, variables, runtime, state, surface } = around
  const helper = { command: runtime.node, args: [ownProgram('keychain-helper', runtime.folder)] }
  return {
    ...clientSystem(around),
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
