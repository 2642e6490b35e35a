import { version } from '../../../package.json'
import { openAccounts } from '../../broker/accounts/accounts.ts'
import { openKeychainStore } from '../../broker/accounts/keychain-store.ts'
import { connectBroker } from '../../broker/broker-client.ts'
import { ownProgram } from '../../broker/own-programs.ts'
import { openSettings } from '../../broker/settings-file.ts'
import { systemEnvironment } from '../../broker/system-environment.ts'
import type { BrokerPulse, DoctorSystem } from '../../clients/doctor/doctor-system.ts'
import { catalogue } from '../../integrations/catalogue.ts'
import type { CliIo } from '../terminal/io.ts'
import { cliSystem } from './cli-system.ts'

/** This machine, as a doctor in a terminal sees it. */
export function cliDoctorSystem(io: CliIo): DoctorSystem {
  const { variables, now } = io
  const system = cliSystem(io)
  const settings = openSettings(system.kosmoHome)
  const helper = { command: process.execPath, args: [ownProgram('keychain-helper')] }
  return {
    ...system,
    version,
    settings,
    accounts: openAccounts(system.kosmoHome, settings, { variables, helper }),
    keychain: openKeychainStore({ variables, helper }),
    integrations: catalogue,
    environment: { ...systemEnvironment(variables), now },
    broker: () => pulseOf(variables),
  }
}

async function pulseOf(variables: CliIo['variables']): Promise<BrokerPulse | undefined> {
  const client = await connectBroker({ variables, interactive: false })
  if (client === undefined) return undefined
  const status = await client.broker.status({}).catch((error: unknown) => {
    client.close()
    throw error
  })
  const { version: running, pid, ceiling, surfaces, problems } = status
  return {
    version: running,
    pid,
    ceiling,
    surfaces,
    problems,
    clientPids: async () => (await client.broker.clients({})).map(each => each.pid),
    close: () => client.close(),
  }
}
