import { decipher } from './original-cipher.ts'

/** An account as an original KosmoKrator has it. */
export type OriginalAccount = {
  alias: string
  /** By the names of our fields. */
  values: Record<string, string>
  /** Names of fields that could not be decrypted. */
  unreadable: string[]
  /** How its secret lies there. */
  stored: 'encrypted' | 'plain'
}

export type OriginalAccounts = {
  accounts: OriginalAccount[]
  /** Ids of integrations with accounts that we do not have. */
  others: string[]
}

/** Other names of our fields, out of the original's earlier versions. */
const RENAMED: Record<string, string> = { api_token: 'access_token', base_url: 'url' }

const KEY = /^integration\.([^.]+)\.accounts\.(.+)\.([^.]+)$/

/** Makes accounts of an integration of the settings in an original's database. Pure. */
export function originalAccounts(
  settings: ReadonlyMap<string, string>,
  key: Uint8Array | undefined,
  integration: { id: string; credentials: readonly { key: string; type: string }[] },
): OriginalAccounts {
  const accounts = new Map<string, OriginalAccount>()
  const others = new Set<string>()
  for (const [name, stored] of settings) {
    const [, id, alias, field] = KEY.exec(name) ?? []
    if (id === undefined || alias === undefined || field === undefined) continue
    if (id !== integration.id) {
      others.add(id)
      continue
    }
    const ours = RENAMED[field] ?? field
    const known = integration.credentials.find(each => each.key === ours)
    if (known === undefined) continue
    const account: OriginalAccount = accounts.get(alias) ?? {
      alias,
      values: {},
      unreadable: [],
      stored: 'encrypted',
    }
    accounts.set(alias, account)
    const read = decipher(stored, key)
    if (read.kind === 'unreadable') account.unreadable.push(ours)
    // The name that it has today goes before the one that it had.
    else if (!Object.hasOwn(account.values, ours) || ours === field) account.values[ours] = read.value.trim()
    if (known.type === 'secret' && read.kind === 'plain') account.stored = 'plain'
  }
  return { accounts: [...accounts.values()], others: [...others].sort() }
}
