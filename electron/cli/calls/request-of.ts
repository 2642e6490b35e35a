import { strictest } from '../../../shared/policy/effective-policy.ts'
import { overrideFor, type Settings } from '../../../shared/policy/settings.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'

/**
 * What a command of ours asks for: `ask`, until a person has said otherwise for it in this folder (`kosmo policy
 * allow`, and the same with `--client=`). A broker looks at that itself; without one nobody else would.
 */
export function requestOf(settings: Settings, client: string, workspace: string): WritePolicy {
  return strictest(settings.ceiling, overrideFor(settings, client, workspace) ?? 'ask')
}
