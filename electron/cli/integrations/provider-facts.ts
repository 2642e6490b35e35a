import { KosmoError } from '../../../shared/errors.ts'
import { strictest } from '../../../shared/policy/effective-policy.ts'
import { integrationSettings, type Settings } from '../../../shared/policy/settings.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { FolderLimit } from '../../../shared/protocol/hello.ts'
import { kosmoHome } from '../../broker/home.ts'
import { openSettings } from '../../broker/settings-file.ts'
import type { Integration } from '../../integrations/integration.ts'
import { DEFAULT_ACCOUNT } from '../configure/changes.ts'
import type { CliIo } from '../terminal/io.ts'

/** How things stand with an integration on this machine, in this folder and environment. */
export type ProviderFacts = {
  enabled: boolean
  /** The account that is used where none is named is there. */
  configured: boolean
  active: boolean
  /** Aliases, that of those who name none first. */
  accounts: string[]
  /** The environment names a whole account, which then is the default one. */
  fromEnvironment: boolean
  permissions: { read: 'allow' | 'deny'; write: WritePolicy }
}

/** The stored settings. @throws KosmoError `not_configured` where they cannot be read */
export function readSettings(io: CliIo): Settings {
  const read = openSettings(kosmoHome(io.variables)).read()
  if (read.kind === 'broken') throw new KosmoError('not_configured', read.why)
  return read.settings
}

/** The same for one integration. `limit`: what files of the project take away. */
export function providerFacts(
  integration: Integration,
  settings: Settings,
  variables: CliIo['variables'],
  limit: FolderLimit | undefined,
): ProviderFacts {
  const stored = integrationSettings(settings, integration.id)
  const fromEnvironment = namesAccount(integration, variables)
  const aliases = Object.keys(stored?.accounts ?? {})
  const others = aliases.filter(alias => alias !== DEFAULT_ACCOUNT).sort()
  const configured = fromEnvironment || aliases.includes(DEFAULT_ACCOUNT)
  const enabled = stored?.enabled ?? true
  return {
    enabled,
    configured,
    active: enabled && configured,
    accounts: configured ? [DEFAULT_ACCOUNT, ...others] : others,
    fromEnvironment,
    permissions: {
      read: limit?.read ?? stored?.read ?? 'allow',
      write: strictest(stored?.write ?? 'ask', limit?.write ?? 'allow'),
    },
  }
}

/** Whether the environment names a whole account. */
export function namesAccount({ credentials }: Integration, variables: CliIo['variables']): boolean {
  return credentials.every(({ required, variable }) => !required || Boolean(variables[variable]?.trim()))
}
