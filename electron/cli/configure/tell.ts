import { cleanLine } from '../../../shared/text/clean.ts'
import type { StoredAccount } from '../../broker/accounts/accounts.ts'
import type { Applied } from '../../broker/configure/apply-changes.ts'
import type { Integration } from '../../integrations/integration.ts'

const PLACES = {
  keychain: 'the keychain of this system',
  file: 'accounts.json, a plain file that only you can read',
}

/** What came of a change, as JSON: names of values, never a value. */
export function appliedJson({ id }: Integration, applied: Applied): object {
  const { account, credentialsSet, credentialsUnset, stored, enabled, read, write, verified } = applied
  return {
    success: true,
    provider: id,
    account,
    scope: 'global',
    credentials_set: credentialsSet,
    credentials_unset: credentialsUnset,
    enabled,
    configured: stored !== undefined,
    cli_setup_supported: true,
    cli_runtime_supported: true,
    permissions: { read, write },
    ...(stored !== undefined && { url: stored.url, store: stored.store }),
    ...(verified !== undefined && { user: verified.user, teams: verified.teams }),
    ...(applied.warnings.length > 0 && { warnings: applied.warnings }),
  }
}

/** The same for a person. */
export function appliedText({ name }: Integration, applied: Applied): string {
  const { account, stored, verified, enabled, read, write, credentialsSet, credentialsUnset } = applied
  const lines = []
  if (verified !== undefined) {
    const teams = verified.teams.length === 0 ? '' : `, teams ${verified.teams.join(', ')}`
    lines.push(`${name} knows the token: ${verified.user} at ${verified.server}${teams}.`)
  }
  if (stored !== undefined && credentialsSet.length + credentialsUnset.length > 0) {
    lines.push(`The account "${account}" is stored in ${PLACES[stored.store]}.`)
  }
  lines.push(`${enabled ? 'Enabled' : 'Disabled'}; read: ${read}, write: ${write}.`)
  return lines.join('\n')
}

/** The accounts without their secrets, as JSON. */
export function listJson({ id }: Integration, accounts: StoredAccount[], permissions: object): object {
  const told = accounts.map(({ alias, url, user, store, changedAt }) => ({
    account: alias,
    url,
    ...(user !== undefined && { user }),
    store,
    changed_at: changedAt,
  }))
  return { success: true, provider: id, accounts: told, ...permissions }
}

/** The same for a person. */
export function listText({ id, name }: Integration, accounts: StoredAccount[]): string {
  if (accounts.length === 0) {
    return `${name} has no account here yet. Add one: kosmo integrations:configure ${id}`
  }
  return accounts
    .map(({ alias, url, user, store, changedAt }) =>
      cleanLine(`${alias}  ${user ?? '?'} at ${url}  (${store}, ${changedAt.slice(0, 10)})`),
    )
    .join('\n')
}
