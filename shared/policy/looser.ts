import { WRITE_POLICIES, type WritePolicy } from './write-policy.ts'

/** Whether a policy lets more through than another. */
export function isLooser(policy: WritePolicy, than: WritePolicy): boolean {
  return WRITE_POLICIES.indexOf(policy) > WRITE_POLICIES.indexOf(than)
}

/**
 * Whether an override in place of another can let more through; null and undefined = none. Without one the client's
 * own configuration counts, which asks at most and, as far as is known here, may deny.
 */
export function loosensOverride(
  after: WritePolicy | null | undefined,
  before: WritePolicy | undefined,
): boolean {
  return isLooser(after ?? 'ask', before ?? 'deny')
}
