import { KosmoError } from '../../../shared/errors.ts'
import { openAccounts } from '../../broker/accounts/accounts.ts'
import { kosmoHome } from '../../broker/home.ts'
import { openSettings } from '../../broker/settings-file.ts'
import { systemEnvironment } from '../../broker/system-environment.ts'
import type { Integration } from '../../integrations/integration.ts'
import { DEFAULT_ACCOUNT } from '../configure/changes.ts'
import type { CliIo } from '../terminal/io.ts'
import { namesAccount } from './provider-facts.ts'

/** What the server says about an account, or why it could not be asked. */
export type LiveCheck =
  | { checked: true; valid: true; user: string; url: string; teams: string[]; warnings: string[] }
  | { checked: true; valid: false; error: string; code: string }
  | { checked: false; why: string }

/** Asks the server whether the token of an account works. Changes nothing. */
export async function liveCheck(integration: Integration, account: string, io: CliIo): Promise<LiveCheck> {
  const { variables } = io
  const environment = systemEnvironment(variables)
  try {
    const secret = await secretOf(integration, account, io)
    if (secret === undefined) return { checked: false, why: `there is no account "${account}"` }
    const around = { ...environment, variables: { ...variables, ...secret.variables } }
    const { user, server, teams, warnings } = await integration.verify(secret.credentials, around)
    return { checked: true, valid: true, user, url: server, teams, warnings }
  } catch (error) {
    if (!(error instanceof KosmoError)) throw error
    return { checked: true, valid: false, error: error.message, code: error.code }
  }
}

async function secretOf(integration: Integration, account: string, { variables }: CliIo) {
  if (account === DEFAULT_ACCOUNT && namesAccount(integration, variables)) {
    const values = integration.credentials.map(({ key, variable }) => [key, variables[variable]] as const)
    return { credentials: Object.fromEntries(values), variables: {} }
  }
  const home = kosmoHome(variables)
  return openAccounts(home, openSettings(home), { variables }).get(integration.id, account)
}
