import {
  type IntegrationSettings,
  integrationSettings,
  type Settings,
} from '../../../shared/policy/settings.ts'

export type Permissions = Pick<IntegrationSettings, 'enabled' | 'read' | 'write'>

/** What holds for an integration with changes made; one that is new may be read and asks before it writes. */
export function permissionsOf(
  settings: Settings,
  id: string,
  changes: { [Name in keyof Permissions]?: Permissions[Name] | undefined } = {},
): Permissions {
  const before = integrationSettings(settings, id)
  return {
    enabled: changes.enabled ?? before?.enabled ?? true,
    read: changes.read ?? before?.read ?? 'allow',
    write: changes.write ?? before?.write ?? 'ask',
  }
}
