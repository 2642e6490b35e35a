import { statSync } from 'node:fs'

/** Whose socket stands at the broker's address. */
type SocketOwner = 'nobody' | 'ours' | 'another'

/**
 * Looks before anything is said there, because what a client says first may have its account's token in it. `ours` where
 * it cannot be told: connecting tells then. Root's counts as ours, as it does with settings.
 *
 * @param uid undefined on Windows, where a pipe's own rights do this
 */
export function socketOwner(address: string, uid: number | undefined = process.getuid?.()): SocketOwner {
  if (uid === undefined) return 'ours'
  try {
    const owner = statSync(address, { throwIfNoEntry: false })?.uid
    if (owner === undefined) return 'nobody'
    return owner === uid || owner === 0 ? 'ours' : 'another'
  } catch {
    return 'ours'
  }
}
