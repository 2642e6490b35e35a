import type { CallFailed } from '../../ui/remote.ts'

/** Failures of the way to a server: nothing is wrong with what was typed, and it may be well again in a minute. */
const OFFLINE = ['network', 'timeout']

/** Whether a call failed because a server could not be reached. */
export function isOffline({ code }: CallFailed): boolean {
  return OFFLINE.includes(code)
}
