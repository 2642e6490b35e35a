import { LRUCache } from 'lru-cache'
import { approvalForm } from '../../shared/approvals/form.ts'
import type { Refusal } from '../../shared/approvals/outcome.ts'
import { isNobodyThere } from '../../shared/approvals/unreachable.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { BrokerMethods, Decided, GatewayMethods } from '../../shared/protocol/gateway-methods.ts'
import type { PreparedWrite } from '../integrations/integration.ts'
import { askInForm } from './form-surface.ts'
import type { ToolCall } from './sdk.ts'

export type WriteDecision =
  | { kind: 'permitted'; permit: string; write: PreparedWrite<unknown> }
  | { kind: 'refused'; outcome: Refusal }

/** What was asked about. It is kept after the call has ended its wait: somebody may still change its text. */
type Question = { write: PreparedWrite<unknown>; formClosed: AbortController }

const TOO_LONG_FOR_FORM =
  "the text is too long to be shown whole in the client's form (about 7 lines of 100 characters), and nobody can approve what they do not see. Post it in shorter parts."

/** The questions of one client: asks the broker about writes, shows the client's form where nobody else can. */
export class Questions implements Pick<GatewayMethods, 'checkEdit' | 'withdrawForm'> {
  readonly #broker: BrokerMethods
  readonly #now: () => number
  readonly #open = new LRUCache<string, Question>({ max: 200 })

  /** @param now monotonic milliseconds */
  constructor(broker: BrokerMethods, now: () => number) {
    this.#broker = broker
    this.#now = now
  }

  /** Has a write decided on. What comes back permitted is exactly what may be sent, changed by the person or not. */
  async decide(
    of: { integration: string; function: string },
    write: PreparedWrite<unknown>,
    call: ToolCall,
  ): Promise<WriteDecision> {
    const { wideMentions, content } = write
    const decided = await this.#broker.decideWrite({ ...of, content, wideMentions })
    if (decided.kind === 'ask') return this.#ask(of, write, call)
    return decided.kind === 'permitted' ? { ...decided, write } : decided
  }

  /** Whether a changed text could be sent in the place of the one that was asked about. */
  async checkEdit({ ask, text }: { ask: string; text: string }) {
    const question = this.#open.get(ask)
    if (question === undefined)
      return { kind: 'invalid' as const, why: 'The client has left; nothing can be posted.' }
    try {
      await question.write.edited(text, AbortSignal.timeout(10_000))
      return { kind: 'sendable' as const }
    } catch (error) {
      const why = error instanceof KosmoError ? error.message : 'This text cannot be checked right now.'
      return { kind: 'invalid' as const, why }
    }
  }

  withdrawForm({ ask }: { ask: string }): null {
    this.#open.get(ask)?.formClosed.abort()
    return null
  }

  async #ask(
    of: { integration: string; function: string },
    write: PreparedWrite<unknown>,
    call: ToolCall,
  ): Promise<WriteDecision> {
    const subject = await write.describe(call.attended)
    const form = call.form && approvalForm(subject)
    const ask = crypto.randomUUID()
    const formClosed = new AbortController()
    this.#open.set(ask, { write, formClosed })
    const withdraw = () => void Promise.resolve(this.#broker.withdraw({ ask })).catch(() => undefined)
    call.attended.addEventListener('abort', withdraw)
    try {
      if (call.attended.aborted) return { kind: 'refused', outcome: { kind: 'cancelled', by: 'client' } }
      let decided = await this.#broker.askPerson({ ...of, ask, subject, canShowForm: form !== undefined })
      if (decided.kind === 'form' && form !== undefined && call.form !== undefined) {
        const signal = AbortSignal.any([call.attended, formClosed.signal])
        const outcome = await askInForm(call.form, form, {
          timeoutMs: decided.waitMs,
          signal,
          now: this.#now,
        })
        decided = await this.#broker.answerForm({ ask, outcome })
      }
      if (decided.kind === 'form') throw new Error('a form was asked for that cannot be shown')
      if (decided.kind === 'refused' && decided.outcome.kind === 'pending_approval') return decided
      this.#open.delete(ask)
      if (decided.kind === 'permitted') return await permitted(decided, write, call.attended)
      const { outcome } = decided
      const isTooLong = call.form !== undefined && form === undefined
      const tooLong = isTooLong && outcome.kind === 'unreachable' && isNobodyThere(outcome.why)
      return tooLong ? { kind: 'refused', outcome: { kind: 'unreachable', why: TOO_LONG_FOR_FORM } } : decided
    } finally {
      call.attended.removeEventListener('abort', withdraw)
    }
  }
}

async function permitted(
  { permit, text }: Extract<Decided, { kind: 'permitted' }>,
  write: PreparedWrite<unknown>,
  signal: AbortSignal,
): Promise<WriteDecision> {
  return {
    kind: 'permitted',
    permit,
    write: text === undefined ? write : await write.edited(text, signal),
  }
}
