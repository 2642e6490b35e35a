import { strictest } from '../../../shared/policy/effective-policy.ts'
import { isLooser } from '../../../shared/policy/looser.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { ClientView } from '../../../shared/protocol/surface-methods.ts'

/** Why a write of a client is met as it is, in one phrase. */
export function whyPolicy(ceiling: WritePolicy, { request, override, effective }: ClientView): string {
  const own = override ?? strictest(request, 'ask')
  if (isLooser(strictest(ceiling, own), effective)) return 'the integration’s own permission'
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
