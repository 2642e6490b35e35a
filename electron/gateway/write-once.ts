import type { Refusal } from '../../shared/approvals/outcome.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { BrokerMethods } from '../../shared/protocol/gateway-methods.ts'
import type { PreparedWrite, Result } from '../integrations/integration.ts'
import type { Questions, WriteDecision } from './questions.ts'
import type { ToolCall } from './sdk.ts'

export type Written =
  | { kind: 'written'; result: Result<unknown>; duplicate: boolean }
  | { kind: 'refused'; outcome: Refusal }

/** Who has a say in a write, and which function it is of. */
export type Deciders = {
  broker: BrokerMethods
  questions: Questions
  of: { integration: string; function: string }
}

/** Progress tells a waiting client that nobody has forgotten it. */
const PROGRESS_EVERY_MS = 5_000

/** Writes that are being decided on or sent, by key: a second call with the same key waits for the first's end. */
export class WritesInFlight {
  readonly #byKey = new Map<string, Promise<Written>>()

  /** How many there are. */
  get size(): number {
    return this.#byKey.size
  }

  async run(prepared: PreparedWrite<unknown>, call: ToolCall, deciders: Deciders): Promise<Written> {
    const running = this.#byKey.get(prepared.key)
    const decide = () => decideAndSend(prepared, call, deciders)
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
  { broker, questions, of }: Deciders,
): Promise<Written> {
  const earlier = await prepared.earlier(call.signal)
  if (earlier !== undefined) return { kind: 'written', result: earlier, duplicate: true }
  const waiting = setInterval(() => call.progress('Waiting for a person to decide'), PROGRESS_EVERY_MS)
  let decision: WriteDecision
  try {
    decision = await questions.decide(of, prepared, call)
  } finally {
    clearInterval(waiting)
  }
  if (decision.kind === 'refused') return decision
  const { permit, write } = decision
  // The last looks before it cannot be taken back: ours at the client, the broker's at everything else.
  requireClient(call)
  const refused = await broker.release({ permit, content: write.content })
  if (refused !== null) return { kind: 'refused', outcome: refused }
  requireClient(call)
  return { kind: 'written', ...(await write.send(call.attended, () => !call.signal.aborted)) }
}

/** A client that is gone gets nothing posted. */
function requireClient({ attended }: ToolCall): void {
  if (attended.aborted) throw new KosmoError('cancelled', 'The call was cancelled; nothing was posted.')
}
