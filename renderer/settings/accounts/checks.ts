import type { PersonView } from '../../../shared/protocol/account-methods.ts'
import type { CallFailed } from '../../ui/remote.ts'

/** What the server said of a stored account, and when (milliseconds since 1970). */
export type Check =
  | { kind: 'checking' }
  | { kind: 'person'; person: PersonView; at: number }
  | { kind: 'failed'; failure: CallFailed; at: number }

/** A stored account as it is now: one that was changed is another one to check. */
export type CheckedAccount = { integration: string; alias: string; changedAt: string }

/** What checks of accounts are kept by. */
export function checkKey({ integration, alias, changedAt }: CheckedAccount): string {
  return JSON.stringify([integration, alias, changedAt])
}
