import { heldBack } from '../../../shared/policy/held-back.ts'
import { isLooser, loosensOverride } from '../../../shared/policy/looser.ts'
import {
  defaultSettings,
  overrideFor,
  withCeiling,
  withIntegration,
  withOverride,
  withoutOverride,
} from '../../../shared/policy/settings.ts'
import type { SurfaceHandlers } from '../../../shared/protocol/surface-methods.ts'
import { permissionsOf } from '../configure/permissions.ts'
import { integrationOf } from './integration-of.ts'
import {
  recordChange,
  requirePerson,
  requireSettings,
  type SurfaceContext,
  settingsOf,
} from './surface-context.ts'

type Names = 'policy' | 'setCeiling' | 'setOverride' | 'setPermission' | 'grants' | 'revokeGrants'

/** What clients may write. Whoever wants may make it stricter; what lets more through needs a person. */
export function policyHandlers(context: SurfaceContext): Pick<SurfaceHandlers, Names> {
  const { settings, grants } = context.state
  return {
    policy() {
      const found = settingsOf(context)
      if (found === undefined) return { ceiling: 'deny', overrides: [], heldBack: [] }
      return { ceiling: found.ceiling, overrides: found.overrides, heldBack: heldBack(found) }
    },
    setCeiling({ policy }) {
      if (isLooser(policy, settingsOf(context)?.ceiling ?? 'deny')) requirePerson(context)
      settings.change(before => withCeiling(before, policy))
      recordChange(context, `ceiling ${policy}`, 'all clients')
      context.policyChanged()
      return null
    },
    setOverride({ client, workspace, policy }) {
      const before = overrideFor(settingsOf(context) ?? defaultSettings(), client, workspace)
      if (loosensOverride(policy, before)) requirePerson(context)
      settings.change(found =>
        policy === null
          ? withoutOverride(found, client, workspace)
          : withOverride(found, { client, workspace, policy }),
      )
      recordChange(context, `override ${policy ?? 'none'}`, `${client} in ${workspace}`)
      context.policyChanged()
      return null
    },
    setPermission({ integration, ...changes }) {
      const { id } = integrationOf(integration)
      const found = requireSettings(context)
      const before = permissionsOf(found, id)
      const after = permissionsOf(found, id, changes)
      const loosens =
        (after.enabled && !before.enabled) ||
        (after.read === 'allow' && before.read === 'deny') ||
        isLooser(after.write, before.write)
      if (loosens) requirePerson(context)
      settings.change(now => withIntegration(now, id, permissionsOf(now, id, changes)))
      const { enabled, read, write } = after
      recordChange(context, `${enabled ? 'enabled' : 'disabled'}, read ${read}, write ${write}`, id)
      // Whether an account may be used is asked together with the account.
      context.accountChanged(id)
      return null
    },
    grants: () => grants.list(),
    revokeGrants({ id }) {
      const count = id === undefined ? grants.revokeAll() : Number(grants.revoke(id))
      if (count > 0) {
        recordChange(context, 'grant revoked', id ?? `all ${count}`)
        context.policyChanged()
      }
      return count
    },
  }
}
