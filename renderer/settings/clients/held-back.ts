import { POLICY_NAMES } from '../../../shared/desktop/policy-names.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import { WRITE_POLICIES } from '../../../shared/policy/write-policy.ts'
import type { IntegrationView } from '../../../shared/protocol/account-methods.ts'
import type { ClientRow } from './client-rows.ts'

/** Why less holds for a client than what is chosen for it, in a sentence; undefined where all of it holds. */
export function heldBack(
  { own, configured, effective }: ClientRow,
  ceiling: WritePolicy,
  integrations: readonly IntegrationView[],
): string | undefined {
  const chosen = own ?? configured
  if (chosen === undefined || effective === undefined || rank(effective) >= rank(chosen)) return undefined
  const now = `${POLICY_NAMES[effective]} for now`
  if (rank(ceiling) <= rank(effective)) return `${now}: the switch holds it back`
  const by = integrations.find(({ enabled, write }) => !enabled || rank(write) <= rank(effective))
  return by === undefined ? now : `${now}: ${by.name} is limited under Accounts`
}

function rank(policy: WritePolicy): number {
  return WRITE_POLICIES.indexOf(policy)
}
