import * as z from 'zod'
import { KosmoError } from '../../../shared/errors.ts'
import {
  type AccountSettings,
  accountSettings,
  integrationSettings,
  type Settings,
  withAccount,
  withoutAccount,
} from '../../../shared/policy/settings.ts'
import { ownProgram } from '../own-programs.ts'
import type { SettingsFile } from '../settings-file.ts'
import { type AccountStore, openStores, type StoreKind } from './account-store.ts'
import type { KeychainHelper } from './keychain-store.ts'

export type StoredAccount = AccountSettings & { alias: string }

/** An account as `connect` takes it: its values by field, and variables that say how its server is reached. */
export type AccountSecret = { credentials: Record<string, string>; variables: Record<string, string> }

export type NewAccount = {
  store: StoreKind
  secret: AccountSecret
  /** What is shown of it; nothing is ever sent to this URL. */
  label: { url: string; user: string | undefined }
}

export type Accounts = {
  /** Undefined where there is none. @throws KosmoError `not_configured` where it cannot be read */
  get(integration: string, alias: string): Promise<AccountSecret | undefined>
  /** Without secrets, by alias. @throws KosmoError `not_configured` where the settings are broken */
  list(integration: string): StoredAccount[]
  /**
   * Stores an account and, in the same write of the settings, what `edit` makes of them. All of it or nothing.
   *
   * @returns sentences for the person, where something was left behind
   * @throws KosmoError `not_configured`, `invalid_input`
   */
  set(
    integration: string,
    alias: string,
    account: NewAccount,
    edit?: (settings: Settings) => Settings,
  ): Promise<string[]>
  /** Whether there was one. @throws KosmoError `not_configured`; then it is still there */
  remove(integration: string, alias: string): Promise<boolean>
}

export type AccountsOptions = {
  variables?: Record<string, string | undefined>
  /** Default: the built one, beside the program that runs. */
  helper?: KeychainHelper
  stores?: Record<StoreKind, AccountStore>
  /** Milliseconds since 1970. */
  now?(): number
}

/** What a store keeps of an account: one value, so that a token never comes without the server that it is for. */
const secretSchema = z.strictObject({
  version: z.literal(1),
  credentials: z.record(z.string(), z.string()),
  variables: z.record(z.string(), z.string()),
})

/** Whether a word can be an account's name. */
export function isAccountName(word: string): boolean {
  // The one that an object does not keep as its own, and the one that stands for no stored account at all.
  return /^[\w.-]{1,64}$/.test(word) && !['__proto__', 'environment'].includes(word)
}

/** The accounts of all integrations: an index in settings.json, the secret part in the store that each names. */
export function openAccounts(home: string, settings: SettingsFile, options: AccountsOptions = {}): Accounts {
  const { variables = process.env, helper = ownHelper(), now = Date.now } = options
  const stores = options.stores ?? openStores({ home, variables, helper })
  const current = (): Settings => {
    const read = settings.read()
    if (read.kind === 'broken') throw new KosmoError('not_configured', read.why)
    return read.settings
  }
  return {
    async get(id, alias) {
      const known = accountSettings(current(), id, alias)
      if (known === undefined) return undefined
      const text = await stores[known.store].get(keyOf(id, alias))
      if (text === undefined) throw lost(id, alias, known.store)
      return parseSecret(text, id, alias, known.store)
    },
    list(id) {
      return Object.entries(integrationSettings(current(), id)?.accounts ?? {})
        .map(([alias, account]) => ({ alias, ...account }))
        .sort((a, b) => (a.alias < b.alias ? -1 : 1))
    },
    async set(id, alias, { store, secret, label }, edit = same => same) {
      if (!isAccountName(alias)) throw badName()
      const before = accountSettings(current(), id, alias)
      const key = keyOf(id, alias)
      const replaced = await stores[store].get(key)
      await stores[store].set(key, JSON.stringify({ version: 1, ...secret }))
      const { url, user } = label
      const entry: AccountSettings = {
        store,
        url,
        changedAt: new Date(now()).toISOString(),
        ...(user !== undefined && { user }),
      }
      try {
        settings.change(found => withAccount(edit(found), id, alias, entry))
      } catch (error) {
        await putBack(stores[store], key, replaced)
        throw error
      }
      if (before === undefined || before.store === store) return []
      return clearOut(stores[before.store], key, before.store)
    },
    async remove(id, alias) {
      const known = accountSettings(current(), id, alias)
      if (known === undefined) return false
      const store = stores[known.store]
      const key = keyOf(id, alias)
      const removed = await store.get(key)
      await store.remove(key)
      try {
        settings.change(found => withoutAccount(found, id, alias))
      } catch (error) {
        await putBack(store, key, removed)
        throw error
      }
      return true
    },
  }
}

function ownHelper(): KeychainHelper {
  return { command: process.execPath, args: [ownProgram('keychain-helper')] }
}

function keyOf(id: string, alias: string): string {
  return `${id}/${alias}`
}

/** The store as it was, for when the index could not follow. */
async function putBack(store: AccountStore, key: string, value: string | undefined): Promise<void> {
  try {
    if (value === undefined) await store.remove(key)
    else await store.set(key, value)
  } catch {
    // What is told is why the index could not be written; without it, nothing uses what was left in the store.
  }
}

async function clearOut(store: AccountStore, key: string, kind: StoreKind): Promise<string[]> {
  try {
    await store.remove(key)
    return []
  } catch (error) {
    const why = error instanceof KosmoError ? ` ${error.message}` : ''
    return [`The token is stored anew, but the old one is still in the ${WHERE[kind]}.${why}`]
  }
}

const WHERE: Record<StoreKind, string> = { keychain: 'keychain', file: 'file accounts.json' }

function parseSecret(text: string, id: string, alias: string, store: StoreKind): AccountSecret {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    json = undefined
  }
  const parsed = secretSchema.safeParse(json)
  if (parsed.success) {
    const { credentials, variables } = parsed.data
    return { credentials, variables }
  }
  const why = `What the ${WHERE[store]} holds for the account "${alias}" is not what this program stored there.`
  throw new KosmoError('not_configured', `${why} Set the account anew: ${configure(id, alias)}`)
}

function lost(id: string, alias: string, store: StoreKind): KosmoError {
  const why = `The account "${alias}" is known, but the ${WHERE[store]} has no token for it (any more).`
  return new KosmoError('not_configured', `${why} Set it anew: ${configure(id, alias)}`)
}

function badName(): KosmoError {
  return new KosmoError(
    'invalid_input',
    'The name of an account has 1 to 64 letters, digits, ".", "_" and "-".',
  )
}

function configure(id: string, alias: string): string {
  const named = alias === 'default' || !isAccountName(alias) ? '' : ` --account=${alias}`
  return `kosmo integrations:configure ${id}${named}`
}
