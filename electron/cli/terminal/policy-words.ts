import { strictest } from '../../../shared/policy/effective-policy.ts'
import type { HeldBack } from '../../../shared/policy/held-back.ts'
import { isLooser } from '../../../shared/policy/looser.ts'
import type { PolicyOverride } from '../../../shared/policy/settings.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { ClientView } from '../../../shared/protocol/surface-methods.ts'

/** Why a write of a client is met as it is, in one phrase. */
export function whyPolicy(
  { ceiling, heldBack }: { ceiling: WritePolicy; heldBack: readonly HeldBack[] },
  { request, override, effective }: ClientView,
): string {
  const own = override ?? strictest(request, 'ask')
  if (isLooser(strictest(ceiling, own), effective)) {
    const stored = heldBack.find(({ write }) => write === effective)
    if (stored === undefined) return 'a file of the project says so (.kosmo/config.yaml)'
    return `the account’s own permission: kosmo integrations:configure ${stored.integration} --write WORD`
  }
  if (isLooser(own, ceiling)) return `the switch for everything is at ${ceiling}`
  if (override !== null) return 'you set it for this client here'
  if (request === 'allow')
    return 'its configuration says allow, which needs your word: kosmo policy allow --client=NAME'
  return `its configuration says ${request}`
}

/** What setting the switch for everything to a looser policy means, for the person who confirms it. */
export const CEILING_MEANS: Record<WritePolicy, string> = {
  deny: 'Nothing is posted, whatever else is set.',
  ask: 'Every post that nothing else refuses is shown to you first, unless an approval is remembered.',
  allow:
    'Clients that you set to allow post WITHOUT ASKING YOU. All others ask as before, and @channel, @all and @here always ask.',
}

/** The same for one client in one folder. */
export const OVERRIDE_MEANS: Record<WritePolicy, string> = {
  deny: 'This client posts nothing from there.',
  ask: 'Every post of this client from there is shown to you first, even if its configuration says deny.',
  allow:
    'This client posts from there WITHOUT ASKING YOU, as far as the switch for everything is at allow. @channel, @all and @here always ask.',
}

/** What holds back a client that was just set to allow; undefined where the switch does not. */
export function ceilingHolds(ceiling: WritePolicy): string | undefined {
  if (ceiling === 'allow') return undefined
  return `The switch for everything is at ${ceiling} and holds this back until you run: kosmo policy allow`
}

/** That the switch alone lets nothing through; undefined where some client may post unasked. */
export function noClientYet(overrides: readonly PolicyOverride[]): string | undefined {
  if (overrides.some(({ policy }) => policy === 'allow')) return undefined
  return 'You have set no client to allow yet, so all of them ask as before: kosmo policy allow --client=NAME'
}
