import { POLICY_NAMES } from '../../../shared/desktop/policy-names.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'

type Words = { title: string; hint: string }

/** The three policies as people call them, and what each means for everything at once. */
export const POLICY_WORDS: Record<WritePolicy, Words> = {
  deny: { title: POLICY_NAMES.deny, hint: 'nothing is posted' },
  ask: { title: POLICY_NAMES.ask, hint: 'every post waits for you' },
  allow: { title: POLICY_NAMES.allow, hint: 'where you said always' },
}
