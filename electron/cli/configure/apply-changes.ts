import { resolve } from 'node:path'
import { KosmoError } from '../../../shared/errors.ts'
import { integrationSettings, type Settings, withIntegration } from '../../../shared/policy/settings.ts'
import type { StoreKind } from '../../broker/accounts/account-store.ts'
import type { AccountSecret, Accounts, StoredAccount } from '../../broker/accounts/accounts.ts'
import type { SettingsFile } from '../../broker/settings-file.ts'
import type { CredentialField, Environment, Integration, Verified } from '../../integrations/integration.ts'
import { type Changes, UsageError } from './changes.ts'

export type Surroundings = {
  accounts: Accounts
  settings: SettingsFile
  environment: Environment
  /** What paths are relative to. */
  cwd: string
}

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
 * @throws UsageError, KosmoError
 */
export async function applyChanges(
  integration: Integration,
  changes: Changes,
  verify: boolean,
  surroundings: Surroundings,
): Promise<Applied> {
  const { accounts, settings } = surroundings
  checkFields(integration, changes)
  const { id } = integration
  const { account, set, unset } = changes
  const before = accounts.list(id).find(({ alias }) => alias === account)
  const edit = (found: Settings) => withIntegration(found, id, permissionsOf(found, id, changes))
  let verified: Verified | undefined
  let stored: Applied['stored'] = before
  const warnings: string[] = []
  let gone: string[] = []
  if (Object.keys(set).length + unset.length === 0) {
    settings.change(edit)
  } else {
    const old = await oldValues(integration, before, changes, surroundings, warnings)
    const values = newValues(integration, old, changes, surroundings)
    gone = unset.filter(key => Object.hasOwn(old, key))
    const secret = sorted(values, integration.credentials)
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

function checkFields({ name, credentials }: Integration, { set, unset }: Changes): void {
  const known = credentials.map(({ key }) => key)
  const unknown = [...Object.keys(set), ...unset].some(key => !known.includes(key))
  if (unknown) throw new UsageError(`an account of ${name} consists of ${known.join(', ')} and nothing else`)
  for (const { key, required, variable } of credentials) {
    if (required && unset.includes(key)) {
      throw new UsageError(`no account works without ${key}; --remove removes the whole account`)
    }
    if (Object.hasOwn(set, key) && set[key]?.trim() === '') {
      throw new UsageError(
        required ? `${key} is empty (is ${variable} set?)` : `${key} is empty; --unset ${key} takes it away`,
      )
    }
    if (Object.hasOwn(set, key) && unset.includes(key)) throw new UsageError(`${key} is both set and unset`)
  }
}

/** The values as they are stored; none where somebody gives an account anew whose old one cannot be read. */
async function oldValues(
  { id, credentials }: Integration,
  before: StoredAccount | undefined,
  { account, set, unset }: Changes,
  { accounts }: Surroundings,
  warnings: string[],
): Promise<Record<string, string>> {
  if (before === undefined) return {}
  let secret: AccountSecret | undefined
  try {
    secret = await accounts.get(id, account)
  } catch (error) {
    const isAnew = credentials.every(({ key, required }) => !required || Object.hasOwn(set, key))
    if (!isAnew || !(error instanceof KosmoError)) throw error
    const left = credentials.filter(
      ({ key, required }) => !required && !Object.hasOwn(set, key) && !unset.includes(key),
    )
    if (left.length > 0) {
      const names = left.map(({ key }) => key).join(', ')
      warnings.push(
        `The account as it was could not be read, so it has no ${names} now. Set what is missing. (${error.message})`,
      )
    }
    return {}
  }
  return Object.fromEntries(
    credentials.flatMap(({ key, variable, isConnection }) => {
      const value = isConnection ? secret?.variables[variable] : secret?.credentials[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

function newValues(
  { name, credentials }: Integration,
  old: Record<string, string>,
  { set, unset }: Changes,
  { environment, cwd }: Surroundings,
): Record<string, string> {
  const values = Object.fromEntries(Object.entries(old).filter(([key]) => !unset.includes(key)))
  for (const { key, type } of credentials) {
    const given = Object.hasOwn(set, key) ? set[key]?.trim() : undefined
    if (given !== undefined) values[key] = type === 'file' ? resolve(cwd, given) : given
  }
  const secrets = credentials.filter(({ type, required }) => type === 'secret' && required)
  const keeps = secrets.find(({ key }) => Object.hasOwn(old, key) && !Object.hasOwn(set, key))
  if (keeps !== undefined && placeOf(old.url) !== placeOf(values.url)) {
    throw new KosmoError(
      'invalid_input',
      `The stored ${keeps.key} is for ${placeOf(old.url)} and is sent nowhere else. For another server give its own, together with the url.`,
    )
  }
  for (const { key, type, variable } of credentials) {
    const fromEnvironment = environment.variables[variable]?.trim()
    // Where it is alone is harmless; a token is given on purpose.
    if (type === 'url' && !values[key] && fromEnvironment) values[key] = fromEnvironment
  }
  const missing = credentials.filter(({ key, required }) => required && !values[key])
  if (missing.length > 0) {
    const what = missing.map(
      ({ key, description, type }) =>
        `${key} (${description}): add --set ${key}=${type === 'url' ? 'https://…' : '…'}`,
    )
    throw new KosmoError('not_configured', `${name} is not set up without ${what.join(' and ')}.`)
  }
  return values
}

async function check(
  integration: Integration,
  { credentials, variables }: AccountSecret,
  verify: boolean,
  environment: Environment,
): Promise<Verified | undefined> {
  const around = { ...environment, variables: { ...environment.variables, ...variables } }
  if (verify) return integration.verify(credentials, around)
  integration.connect(credentials, around)
  return undefined
}

function sorted(values: Record<string, string>, fields: CredentialField[]): AccountSecret {
  const secret: AccountSecret = { credentials: {}, variables: {} }
  for (const { key, variable, isConnection } of fields) {
    const value = values[key]
    if (value === undefined) continue
    if (isConnection) secret.variables[variable] = value
    else secret.credentials[key] = value
  }
  return secret
}

/** Where a URL leads, without what else may stand in one. */
function placeOf(url = ''): string {
  if (!URL.canParse(url)) return ''
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

/** What holds for the integration with the changes made; one that is new may be read and asks before it writes. */
function permissionsOf(settings: Settings, id: string, changes?: Changes) {
  const before = integrationSettings(settings, id)
  return {
    enabled: changes?.enabled ?? before?.enabled ?? true,
    read: changes?.read ?? before?.read ?? ('allow' as const),
    write: changes?.write ?? before?.write ?? ('ask' as const),
  }
}
