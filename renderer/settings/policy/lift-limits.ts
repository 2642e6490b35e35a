import type { SettingsRemote } from '../../../shared/protocol/window-bridge.ts'

/** Takes away what is set for these integrations themselves, so that an Allow counts for them. */
export async function liftLimits(remote: SettingsRemote, integrations: readonly string[]): Promise<void> {
  for (const integration of integrations) await remote.setPermission({ integration, write: 'allow' })
}
