import type { AccountSettings } from '../../../shared/policy/settings.ts'
import { openFileStore } from './file-store.ts'
import { type KeychainHelper, openKeychainStore } from './keychain-store.ts'

export type StoreKind = AccountSettings['store']

/** Where the secret part of accounts is. Keys are `<integration>/<alias>`, values texts that mean nothing here. */
export type AccountStore = {
  /** @throws KosmoError `not_configured` where the store cannot be used */
  get(key: string): Promise<string | undefined>
  /** Puts it in place of any before it. @throws KosmoError `not_configured`; then nothing was changed */
  set(key: string, value: string): Promise<void>
  /** Whether there was one. @throws KosmoError `not_configured` */
  remove(key: string): Promise<boolean>
}

export type StoreOptions = {
  /** Our folder. */
  home: string
  variables: Record<string, string | undefined>
  helper: KeychainHelper
}

/** The stores that a person can choose from. Never one in place of the other: that would be a choice of ours. */
export function openStores(options: StoreOptions): Record<StoreKind, AccountStore> {
  return { keychain: openKeychainStore(options), file: openFileStore(options.home) }
}
