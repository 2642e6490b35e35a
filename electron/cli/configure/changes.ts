import { parseWritePolicy, type WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { StoreKind } from '../../broker/accounts/account-store.ts'

/** What is to be changed of an account and its integration; what is undefined stays as it is. */
export type Changes = {
  account: string
  set: Record<string, string>
  unset: string[]
  enabled: boolean | undefined
  read: 'allow' | 'deny' | undefined
  write: WritePolicy | undefined
  store: StoreKind | undefined
}

export const DEFAULT_ACCOUNT = 'default'

/** Wrong usage, as a sentence without the words that it is about: they may be a token. */
export class UsageError extends Error {}

/** Reads the two permissions. @throws UsageError */
export function readPermissions(given: {
  read?: string | undefined
  write?: string | undefined
}): Pick<Changes, 'read' | 'write'> {
  const { read, write } = given
  if (read === 'ask') {
    throw new UsageError('reads cannot be asked about one by one; the permission to read is allow or deny')
  }
  if (read !== undefined && read !== 'allow' && read !== 'deny') {
    throw new UsageError('the permission to read is allow or deny')
  }
  if (write === undefined) return { read, write }
  const policy = parseWritePolicy(write)
  if (policy === undefined) throw new UsageError('the permission to write is deny, ask or allow')
  return { read, write: policy }
}
