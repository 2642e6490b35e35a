import type { Refusal } from '../../shared/approvals/outcome.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { Broker } from '../broker/broker.ts'
import type { PreparedWrite, Result } from '../integrations/integration.ts'
import type { ToolCall } from './sdk.ts'

export type Written =
  | { kind: 'written'; result: Result<unknown>; duplicate: boolean }
  | { kind: 'refused'; outcome: Refusal }

/** Progress tells a waiting client that nobody has forgotten it. */
const PROGRESS_EVERY_MS = 5_000

/** Writes that are being decided on or sent, by key: a second call with the same key waits for the first's end. */
export class WritesInFlight {
  readonly #byKey = new Map<string, Promise<Written>>()

  async run(prepared: PreparedWrite<unknown>, call: ToolCall, broker: Broker): Promise<Written> {
    const running = this.#byKey.get(prepared.key)
    const decide = () => decideAndSend(prepared, call, broker)
    const write = running === undefined ? decide() : after(running, decide)
    this.#byKey.set(prepared.key, write)
    try {
      return await write
    } finally {
      if (this.#byKey.get(prepared.key) === write) this.#byKey.delete(prepared.key)
    }
  }
}

/**
 * What the first call was refused holds for the second too: nobody is asked twice. What it has done the second looks up
 * for itself, because the same key may stand before another text.
 */
async function after(first: Promise<Written>, second: () => Promise<Written>): Promise<Written> {
  try {
    const written = await first
    const isWithdrawn =
      written.kind === 'refused' && written.outcome.kind === 'cancelled' && written.outcome.by === 'client'
    if (written.kind === 'refused' && !isWithdrawn) return written
  } catch (error) {
    // The first caller is gone, the second is not.
    if (!(error instanceof KosmoError) || error.code !== 'cancelled') throw error
  }
  return second()
}

async function decideAndSend(
  prepared: PreparedWrite<unknown>,
  call: ToolCall,
  broker: Broker,
): Promise<Written> {
  const earlier = await prepared.earlier(call.signal)
  if (earlier !== undefined) return { kind: 'written', result: earlier, duplicate: true }
  const waiting = setInterval(() => call.progress('Waiting for a person to decide'), PROGRESS_EVERY_MS)
  try {
    const { clientName, form, attended: signal } = call
    const outcome = await broker.approve(prepared, { clientName, form, signal })
    if (outcome.kind !== 'approved') return { kind: 'refused', outcome }
  } finally {
    clearInterval(waiting)
  }
  // The last look before it cannot be taken back: a client that is gone gets nothing posted.
  if (call.attended.aborted) throw new KosmoError('cancelled', 'The call was cancelled; nothing was posted.')
  return { kind: 'written', ...(await prepared.send(call.attended)) }
}
