import { readServerUrl } from '../../../shared/mattermost/server-url.ts'
import { strictest } from '../../../shared/policy/effective-policy.ts'
import type { IntegrationSettings } from '../../../shared/policy/settings.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import { isAccountName } from '../../broker/accounts/accounts.ts'
import type { Integration } from '../../integrations/integration.ts'
import type { OriginalAccount } from './original-accounts.ts'
import type { OriginalPermissions } from './original-permissions.ts'

/** What is to become of one account; `why` is a sentence for the person. */
export type PlannedAccount = {
  alias: string
  stored: OriginalAccount['stored']
  /** Names of the values that there are. */
  fields: string[]
  /** Where the token will be sent to; undefined where that is not known. */
  server: string | undefined
} /** `replaces`: an account of ours that has that name. */ & (
  | { kind: 'import'; values: Record<string, string>; replaces: boolean }
  /** We have an account of that name, and it stays. */
  | { kind: 'keep'; why: string }
  | { kind: 'skip'; why: string }
)

/** Decides about one account. @param ours whether we have one of that name @param replace whether it may be replaced */
export function planAccount(
  account: OriginalAccount,
  integration: Integration,
  { ours, replace }: { ours: boolean; replace: boolean },
): PlannedAccount {
  const { alias, values, unreadable, stored } = account
  const url = values.url === undefined || values.url === '' ? undefined : readServerUrl(values.url)
  const server = url?.kind === 'server' ? url.server.base : undefined
  const about = { alias, stored, fields: [...Object.keys(values), ...unreadable].sort(), server }
  const skip = (why: string): PlannedAccount => ({ ...about, kind: 'skip', why })
  if (!isAccountName(alias)) {
    return skip(
      'its name cannot be one here: 1 to 64 letters, digits, ".", "_" and "-", and not "environment"',
    )
  }
  if (unreadable.length > 0) {
    return skip(
      `${unreadable.join(' and ')} cannot be decrypted: there is no key for it, or another one. The key is KOSMO_CREDENTIAL_KEY in the environment, or ~/.kosmokrator/credentials.key`,
    )
  }
  if (url?.kind === 'refused') return skip(`its server URL cannot be used: ${url.why}`)
  const missing = integration.credentials.filter(({ key, required }) => required && !values[key])
  if (missing.length > 0) return skip(`it has no ${missing.map(({ key }) => key).join(' and no ')}`)
  if (ours && !replace) {
    return {
      ...about,
      kind: 'keep',
      why: 'there is an account of that name here; --replace puts this in its place',
    }
  }
  return { ...about, kind: 'import', values, replaces: ours }
}

export type PlannedPermissions = {
  enabled: boolean
  read: 'allow' | 'deny'
  write: WritePolicy
  /** Sentences for the person. */
  notes: string[]
}

/** What holds once it is imported: what the original said, never looser than what a person said here. */
export function planPermissions(
  original: OriginalPermissions,
  ours: IntegrationSettings | undefined,
): PlannedPermissions {
  const notes: string[] = []
  if (original.read === 'ask') {
    notes.push(
      'Reads were to be asked about one by one, which is not possible here, so they are refused. To allow them: kosmo integrations:configure mattermost --read=allow',
    )
  }
  // Where nobody said anything it is what a new account here gets.
  const read = original.read === undefined ? 'allow' : original.read === 'allow' ? 'allow' : 'deny'
  const write = original.write ?? 'ask'
  const enabled = original.enabled ?? true
  const merged = {
    enabled: enabled && ours?.enabled !== false,
    read: ours?.read === 'deny' ? ('deny' as const) : (read as 'allow' | 'deny'),
    write: ours === undefined ? write : strictest(ours.write, write),
  }
  if (merged.enabled !== enabled || merged.read !== read || merged.write !== write) {
    notes.push('What was set here is stricter in parts, and stays.')
  }
  return { ...merged, notes }
}
