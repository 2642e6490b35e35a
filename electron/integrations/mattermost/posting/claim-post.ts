import { KosmoError } from '../../../../shared/errors.ts'
import type { JournalFile } from '../../../../shared/posting/journal.ts'
import type { IntendedLine } from '../../../../shared/posting/journal-entry.ts'
import { isAlive } from '../../../is-alive.ts'

/**
 * Makes this process the one that posts. Several may try at once: each writes that it wants to, and the first whose
 * process lives is the one, because all see the lines in one order.
 *
 * @throws KosmoError `unknown_outcome` where somebody else is posting it or has posted it; nothing was sent by us
 */
export function claimPost(file: JournalFile, intended: IntendedLine): void {
  const before = file.state()?.kind
  if (before === 'unresolved' || before === 'posted') throw busy()
  file.write(intended)
  for (const other of claimsBefore(file, intended)) {
    // One of our own that is not on its way has failed: between claiming and sending nothing is waited for.
    const isOver = other.pid === process.pid || !isAlive(other.pid)
    if (isOver) file.write({ step: 'withdrawn', at: intended.at, claim: other.claim })
  }
  const state = file.state()
  if (state?.kind === 'intended' && state.intent.claim === intended.claim) return
  file.write({ step: 'withdrawn', at: intended.at, claim: intended.claim })
  throw busy()
}

function claimsBefore(file: JournalFile, intended: IntendedLine): IntendedLine[] {
  const state = file.state()
  if (state?.kind !== 'intended') return []
  return state.claims.slice(
    0,
    state.claims.findIndex(({ claim }) => claim === intended.claim),
  )
}

function busy(): KosmoError {
  return new KosmoError(
    'unknown_outcome',
    'Another process is posting this right now. Call again in a moment: it will be looked up first.',
  )
}
