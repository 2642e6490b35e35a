import { setTimeout as sleep } from 'node:timers/promises'
import { openAccounts } from '../../../electron/broker/accounts/accounts.ts'
import { openKeychainStore } from '../../../electron/broker/accounts/keychain-store.ts'
import { journalFolder } from '../../../electron/broker/home.ts'
import { openJournal } from '../../../electron/broker/journal.ts'
import { openSettings } from '../../../electron/broker/settings-file.ts'
import type { BrokerPulse, DoctorSystem } from '../../../electron/clients/doctor/doctor-system.ts'
import { runDoctor } from '../../../electron/clients/doctor/run-doctor.ts'
import { catalogue } from '../../../electron/integrations/catalogue.ts'
import type { Finding } from '../../../shared/clients/finding.ts'
import { helper } from '../accounts/helper.ts'
import { type ClientWorld, openClientWorld, type WorldOptions } from './client-world.ts'

export type DoctorWorld = ClientWorld & {
  doctor: DoctorSystem
  /** What the doctor finds, by id. */
  findings(): Promise<Record<string, Finding>>
}

/** A person's machine with a doctor, for the test that runs. Nothing of this machine's own is looked at. */
export function openDoctorWorld(options: WorldOptions = {}): DoctorWorld {
  const world = openClientWorld(options)
  const { system } = world
  const { kosmoHome, variables } = system
  const settings = openSettings(kosmoHome)
  const doctor: DoctorSystem = {
    ...system,
    version: '1.2.3',
    settings,
    accounts: openAccounts(kosmoHome, settings, { variables, helper }),
    keychain: openKeychainStore({ variables, helper }),
    integrations: catalogue,
    environment: {
      variables,
      now: Date.now,
      monotonic: () => performance.now(),
      sleep: milliseconds => sleep(milliseconds),
      random: Math.random,
      journal: openJournal(journalFolder(variables), Date.now),
    },
    broker: async () => undefined,
  }
  return {
    ...world,
    doctor,
    findings: async () => Object.fromEntries((await runDoctor(doctor)).map(each => [each.id, each])),
  }
}

/** A broker that answers a doctor. The real one is asked in the tests of `kosmo doctor`. */
export function brokerPulse(more: Partial<BrokerPulse> = {}): () => Promise<BrokerPulse> {
  return async () => ({
    version: '1.2.3',
    pid: 7,
    ceiling: 'ask',
    surfaces: ['terminal'],
    problems: [],
    clientPids: async () => [],
    close: () => undefined,
    ...more,
  })
}
