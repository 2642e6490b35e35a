import type { ApprovalOutcome, Refusal } from '../../../shared/approvals/outcome.ts'
import type {
  BrokerMethods,
  Decided,
  EndedCall,
  WriteContent,
} from '../../../shared/protocol/gateway-methods.ts'

type Params<Name extends keyof BrokerMethods> = Parameters<BrokerMethods[Name]>[0]

export type DecidingBrokerOptions = {
  /** What the person says, default yes; `policy` = yes without being asked. */
  decide?: (question: Params<'askPerson'>) => ApprovalOutcome | Promise<ApprovalOutcome>
  policy?: 'ask' | 'allow'
  /** What policy says to every write before anything is looked up. */
  refused?: Refusal
  /** What is said just before sending. */
  atRelease?: () => Refusal | null | Promise<Refusal | null>
  account?: BrokerMethods['account']
  /** What stands where an account of the environment is asked for. */
  variables?: Record<string, string>
}

/** A broker in memory that says yes or no, lets go only what it has permitted, once, and keeps what it was asked. */
export class DecidingBroker implements BrokerMethods {
  readonly asked: Params<'askPerson'>[] = []
  readonly withdrawn: string[] = []
  readonly released: WriteContent[] = []
  readonly recorded: EndedCall[] = []
  readonly #options: DecidingBrokerOptions
  readonly #permits = new Map<string, WriteContent>()
  #made = 0

  constructor(options: DecidingBrokerOptions = {}) {
    this.#options = options
  }

  account(asked: Params<'account'>): ReturnType<BrokerMethods['account']> {
    const { account, variables = {} } = this.#options
    return account?.(asked) ?? { kind: 'environment', variables }
  }

  mayWrite(): Refusal | null {
    return this.#options.refused ?? null
  }

  decideWrite({ content }: Params<'decideWrite'>): ReturnType<BrokerMethods['decideWrite']> {
    return this.#options.policy === 'allow' ? this.#permit(content) : { kind: 'ask' }
  }

  async askPerson(question: Params<'askPerson'>): Promise<Decided> {
    this.asked.push(question)
    const { decide } = this.#options
    const outcome: ApprovalOutcome = (await decide?.(question)) ?? { kind: 'approved' }
    if (outcome.kind !== 'approved') return { kind: 'refused', outcome }
    const { server, channel, root, text } = question.subject
    return this.#permit({ server, channel, root, text: outcome.text ?? text }, outcome.text)
  }

  answerForm(): Decided {
    throw new Error('this broker asks for no form')
  }

  withdraw({ ask }: Params<'withdraw'>): null {
    this.withdrawn.push(ask)
    return null
  }

  async release({ permit, content }: Params<'release'>): Promise<Refusal | null> {
    const refused = (await this.#options.atRelease?.()) ?? null
    if (refused !== null) return refused
    const permitted = this.#permits.get(permit)
    this.#permits.delete(permit)
    if (JSON.stringify(permitted) !== JSON.stringify(inOrder(content)))
      return { kind: 'not_released', why: 'Not this.' }
    this.released.push(content)
    return null
  }

  record({ calls }: Params<'record'>): ReturnType<BrokerMethods['record']> {
    this.recorded.push(...calls)
    return null
  }

  #permit(content: WriteContent, text?: string): Decided {
    const permit = `permit ${++this.#made}`
    this.#permits.set(permit, inOrder(content))
    return { kind: 'permitted', permit, ...(text !== undefined && { text }) }
  }
}

function inOrder({ server, channel, root, text }: WriteContent): WriteContent {
  return { server, channel, root, text }
}
