import { KosmoError } from '../../../shared/errors.ts'
import { accountSettings, type Settings } from '../../../shared/policy/settings.ts'
import { openAccounts } from '../../broker/accounts/accounts.ts'
import { kosmoHome } from '../../broker/home.ts'
import { openSettings } from '../../broker/settings-file.ts'
import type { Integration } from '../../integrations/integration.ts'
import { DEFAULT_ACCOUNT } from '../configure/changes.ts'
import type { CliIo } from '../terminal/io.ts'
import { namesAccount } from './provider-facts.ts'

/** What there is of an account, and where it comes from. Values never leave this. */
export type CredentialState = {
  source: 'environment' | 'keychain' | 'file' | undefined
  /** Keys of the fields that have a value. */
  present: string[]
  /** Why a stored account cannot be read. */
  fault: string | undefined
}

/** What there is of an account of an integration, as a call would find it. */
export async function credentialState(
  integration: Integration,
  account: string,
  settings: Settings,
  io: CliIo,
): Promise<CredentialState> {
  const { credentials } = integration
  if (account === DEFAULT_ACCOUNT && namesAccount(integration, io.variables)) {
    const present = credentials.filter(({ variable }) => io.variables[variable]?.trim()).map(({ key }) => key)
    return { source: 'environment', present, fault: undefined }
  }
  const known = accountSettings(settings, integration.id, account)
  if (known === undefined) return { source: undefined, present: [], fault: undefined }
  try {
    const home = kosmoHome(io.variables)
    const accounts = openAccounts(home, openSettings(home), { variables: io.variables })
    const secret = await accounts.get(integration.id, account)
    const present = credentials
      .filter(({ key, variable, isConnection }) =>
        isConnection ? secret?.variables[variable] : secret?.credentials[key],
      )
      .map(({ key }) => key)
    return { source: known.store, present, fault: undefined }
  } catch (error) {
    if (!(error instanceof KosmoError)) throw error
    return { source: known.store, present: [], fault: error.message }
  }
}
