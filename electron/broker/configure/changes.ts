import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { Integration } from '../../integrations/integration.ts'
import type { StoreKind } from '../accounts/account-store.ts'

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

/** Why changes make no sense, whatever is stored. Never with a value: it may be a token in a wrong place. */
export type ChangesFault =
  | { kind: 'unknown-field'; known: string[] }
  | { kind: 'needed'; key: string }
  | { kind: 'empty'; key: string; required: boolean; variable: string }
  | { kind: 'set-and-unset'; key: string }

/** What is wrong with the changes, found by looking at them alone. */
export function faultIn({ credentials }: Integration, { set, unset }: Changes): ChangesFault | undefined {
  const known = credentials.map(({ key }) => key)
  if ([...Object.keys(set), ...unset].some(key => !known.includes(key))) {
    return { kind: 'unknown-field', known }
  }
  for (const { key, required, variable } of credentials) {
    if (required && unset.includes(key)) return { kind: 'needed', key }
    if (!Object.hasOwn(set, key)) continue
    if (set[key]?.trim() === '') return { kind: 'empty', key, required, variable }
    if (unset.includes(key)) return { kind: 'set-and-unset', key }
  }
  return undefined
}
