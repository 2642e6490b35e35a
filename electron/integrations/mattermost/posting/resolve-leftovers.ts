import { isAlive } from '../../../is-alive.ts'
import type { MattermostService } from '../service.ts'
import { resolvePost } from './post-once.ts'

/**
 * Finds out what became of posts that processes of this account left unresolved when they ended. Reads only; what it
 * cannot tell stays for the next start, and for the next call with the same text.
 */
export async function resolveLeftovers(service: MattermostService, signal: AbortSignal): Promise<void> {
  const { client, journal, clock, known } = service
  for (const { file, state } of journal.list()) {
    if (state.kind !== 'unresolved' || state.intent.server !== client.server.base) continue
    // Our own id may be that of a process before us: in a container every process has the same.
    if (state.intent.pid !== process.pid && isAlive(state.intent.pid)) continue
    try {
      if ((await known.me(signal)).id !== state.intent.author) continue
      await resolvePost({ client, file, clock, isHeard: () => false }, state.intent, state.sending)
    } catch {
      // Not to be told yet.
    }
  }
}
