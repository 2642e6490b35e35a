import { fullName } from '../../integrations/find-function.ts'
import type { Integration } from '../../integrations/integration.ts'
import { DEFAULT_ACCOUNT } from '../configure/changes.ts'
import { capabilities } from './capabilities.ts'
import type { CredentialState } from './credential-state.ts'
import type { LiveCheck } from './live-check.ts'
import type { ProviderFacts } from './provider-facts.ts'

export type Diagnosis = ReturnType<typeof diagnose>

/** What is known of an integration, what is wrong and what to do next, in the words of its JSON. */
export function diagnose(
  integration: Integration,
  account: string,
  facts: ProviderFacts,
  state: CredentialState,
  live: LiveCheck,
) {
  const { id, credentials, functions } = integration
  const missing = credentials.filter(({ key, required }) => required && !state.present.includes(key))
  const names = functions.map(definition => fullName({ integration, definition }))
  const isThere = missing.length === 0
  return {
    provider: id,
    account,
    locally_runnable: true,
    ...capabilities(integration),
    enabled: facts.enabled,
    configured: isThere,
    active: facts.enabled && isThere,
    missing_credentials: missing.map(({ key }) => key),
    accounts: facts.accounts,
    permissions: facts.permissions,
    function_count: functions.length,
    example_functions: names.slice(0, 5),
    source: state.source ?? null,
    live,
    ...(state.fault !== undefined && { fault: state.fault }),
    next_commands: nextCommands(
      integration,
      account,
      facts,
      missing.map(({ key }) => key),
      live,
    ),
  }
}

function nextCommands(
  { id, functions }: Integration,
  account: string,
  { enabled, permissions }: ProviderFacts,
  missing: readonly string[],
  live: LiveCheck,
): string[] {
  const named = account === DEFAULT_ACCOUNT ? '' : ` --account=${account}`
  const configure = `kosmo integrations:configure ${id}`
  const [first] = functions
  const isWrong = live.checked && !live.valid
  return [
    ...(missing.length > 0
      ? [
          `kosmo integrations:fields ${id}${named} --json`,
          `${configure}${named} --set ${missing.join('=… --set ')}=…`,
        ]
      : []),
    ...(isWrong ? [`${configure}${named}`] : []),
    ...(enabled ? [] : [`${configure} --enable`]),
    ...(permissions.read === 'deny' ? [`${configure} --read allow`] : []),
    ...(enabled && missing.length === 0 && !isWrong && first !== undefined
      ? [`kosmo integrations:call ${id}.${first.name}${named} --json`]
      : []),
  ]
}
