import { KosmoError } from '../../../shared/errors.ts'
import { type Settings, withIntegration } from '../../../shared/policy/settings.ts'
import type { Environment, Integration, Verified } from '../../integrations/integration.ts'
import type { StoreKind } from '../accounts/account-store.ts'
import type { AccountSecret } from '../accounts/accounts.ts'
import { environmentOf, placeOf, type Surroundings, secretOf, valuesWith } from './account-values.ts'
import { type Changes, faultIn } from './changes.ts'
import { permissionsOf } from './permissions.ts'

export type Applied = {
  account: string
  credentialsSet: string[]
  credentialsUnset: string[]
  /** Where the account is now; undefined where there is none. */
  stored: { url: string; store: StoreKind } | undefined
  enabled: boolean
  read: 'allow' | 'deny'
  write: 'deny' | 'ask' | 'allow'
  verified: Verified | undefined
  warnings: string[]
}

/**
 * Makes the changes: looks first, asks the server, stores last. Whatever fails, everything is as it was.
 *
 * @throws KosmoError
 */
export async function applyChanges(
  integration: Integration,
  changes: Changes,
  verify: boolean,
  surroundings: Surroundings,
): Promise<Applied> {
  const { accounts, settings } = surroundings
  const { id } = integration
  refuseFaults(integration, changes)
  const { account, set, unset } = changes
  const before = accounts.list(id).find(({ alias }) => alias === account)
  const edit = (found: Settings) => withIntegration(found, id, permissionsOf(found, id, changes))
  let verified: Verified | undefined
  let stored: Applied['stored'] = before
  const warnings: string[] = []
  let gone: string[] = []
  const isMoved = before !== undefined && (changes.store ?? before.store) !== before.store
  if (Object.keys(set).length + unset.length === 0 && !isMoved) {
    settings.change(edit)
  } else {
    const { old, values } = await valuesWith(integration, before, changes, surroundings, warnings)
    gone = unset.filter(key => Object.hasOwn(old, key))
    const secret = secretOf(values, integration.credentials)
    verified = await check(integration, secret, verify, surroundings.environment)
    warnings.push(...(verified?.warnings ?? []))
    const store = changes.store ?? before?.store ?? 'keychain'
    const url = verified?.server ?? placeOf(values.url)
    const label = { url, user: verified?.user }
    warnings.push(...(await uninterrupted(() => accounts.set(id, account, { store, secret, label }, edit))))
    stored = { url, store }
  }
  const read = settings.read()
  if (read.kind === 'broken') throw new KosmoError('not_configured', read.why)
  return {
    account,
    credentialsSet: Object.keys(set).sort(),
    credentialsUnset: gone.sort(),
    stored,
    ...permissionsOf(read.settings, id),
    verified,
    warnings,
  }
}

/** Ctrl-C between the token and its place in the settings would leave one without the other. */
async function uninterrupted<Value>(work: () => Promise<Value>): Promise<Value> {
  const ignore = () => undefined
  process.on('SIGINT', ignore)
  try {
    return await work()
  } finally {
    process.off('SIGINT', ignore)
  }
}

/** Whose account it would be with these changes; nothing is stored. @throws KosmoError */
export async function checkChanges(
  integration: Integration,
  changes: Changes,
  surroundings: Surroundings,
): Promise<Verified> {
  refuseFaults(integration, changes)
  const before = surroundings.accounts.list(integration.id).find(({ alias }) => alias === changes.account)
  const { values } = await valuesWith(integration, before, changes, surroundings, [])
  const secret = secretOf(values, integration.credentials)
  return integration.verify(secret.credentials, environmentOf(secret, surroundings.environment))
}

/** What people are told of a fault is said where they made it; this is for whoever did not look. */
function refuseFaults(integration: Integration, changes: Changes): void {
  if (faultIn(integration, changes) === undefined) return
  throw new KosmoError('invalid_input', `These are no values of an account of ${integration.name}.`)
}

async function check(
  integration: Integration,
  secret: AccountSecret,
  verify: boolean,
  environment: Environment,
): Promise<Verified | undefined> {
  const around = environmentOf(secret, environment)
  if (verify) return integration.verify(secret.credentials, around)
  integration.connect(secret.credentials, around)
  return undefined
}
