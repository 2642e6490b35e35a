import { resolve } from 'node:path'
import { KosmoError } from '../../../shared/errors.ts'
import type { CredentialField, Environment, Integration } from '../../integrations/integration.ts'
import type { AccountSecret, Accounts, StoredAccount } from '../accounts/accounts.ts'
import type { SettingsFile } from '../settings-file.ts'
import type { Changes } from './changes.ts'

export type Surroundings = {
  accounts: Accounts
  settings: SettingsFile
  environment: Environment
  /** What paths are relative to. */
  cwd: string
  /** How a value that is missing is given here, for the end of a sentence; e.g. `: add --set url=https://…`. */
  howToSet?(field: CredentialField): string
}

/** The values that an account has and would have, by the key of their field. @throws KosmoError */
export async function valuesWith(
  integration: Integration,
  before: StoredAccount | undefined,
  changes: Changes,
  surroundings: Surroundings,
  warnings: string[],
): Promise<{ old: Record<string, string>; values: Record<string, string> }> {
  const old = await oldValues(integration, before, changes, surroundings, warnings)
  return { old, values: newValues(integration, old, changes, surroundings) }
}

/** A stored account by the keys of its fields. */
export function valuesOf(secret: AccountSecret, fields: readonly CredentialField[]): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ key, variable, isConnection }) => {
      const value = isConnection ? secret.variables[variable] : secret.credentials[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

/** The values of an account as they are stored. */
export function secretOf(values: Record<string, string>, fields: readonly CredentialField[]): AccountSecret {
  const secret: AccountSecret = { credentials: {}, variables: {} }
  for (const { key, variable, isConnection } of fields) {
    const value = values[key]
    if (value === undefined) continue
    if (isConnection) secret.variables[variable] = value
    else secret.credentials[key] = value
  }
  return secret
}

/** The environment with what an account says of the way to its server. */
export function environmentOf({ variables }: AccountSecret, environment: Environment): Environment {
  return { ...environment, variables: { ...environment.variables, ...variables } }
}

/** Where a URL leads, without what else may stand in one. */
export function placeOf(url = ''): string {
  if (!URL.canParse(url)) return ''
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname.replace(/\/+$/, '')}`
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
  return secret === undefined ? {} : valuesOf(secret, credentials)
}

function newValues(
  { name, credentials }: Integration,
  old: Record<string, string>,
  { set, unset }: Changes,
  { environment, cwd, howToSet = () => '' }: Surroundings,
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
    const what = missing.map(field => `${field.key} (${field.description})${howToSet(field)}`)
    throw new KosmoError('not_configured', `${name} is not set up without ${what.join(' and ')}.`)
  }
  return values
}
