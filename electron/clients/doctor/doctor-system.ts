import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { AccountStore } from '../../broker/accounts/account-store.ts'
import type { Accounts } from '../../broker/accounts/accounts.ts'
import type { SettingsFile } from '../../broker/settings-file.ts'
import type { Environment, Integration } from '../../integrations/integration.ts'
import type { ClientSystem } from '../client-system.ts'

/** A broker that runs, as far as a doctor asks it. */
export type BrokerPulse = {
  version: string
  pid: number
  ceiling: WritePolicy
  /** Surfaces that show requests now. */
  surfaces: readonly string[]
  problems: readonly string[]
  /** Process ids of the clients that are connected now. */
  clientPids(): Promise<number[]>
  close(): void
}

/** Everything that a doctor looks at. */
export type DoctorSystem = ClientSystem & {
  version: string
  settings: SettingsFile
  accounts: Accounts
  keychain: AccountStore
  integrations: readonly Integration[]
  environment: Environment
  /** Undefined where no broker runs. @throws KosmoError where one is there and cannot be used */
  broker(): Promise<BrokerPulse | undefined>
}
