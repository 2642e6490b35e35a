import type { Asker } from '../../../shared/approvals/approval.ts'
import type { Refusal } from '../../../shared/approvals/outcome.ts'
import { NOBODY_FOR_COMMAND, NOBODY_IN_SOLO } from '../../../shared/approvals/unreachable.ts'
import { waitMs } from '../../../shared/approvals/wait.ts'
import { KosmoError } from '../../../shared/errors.ts'
import type { PolicyInputs } from '../../../shared/policy/effective-policy.ts'
import {
  decideRead,
  decideWrite,
  effectiveWrite,
  listsWrites,
} from '../../../shared/policy/effective-policy.ts'
import type { GrantableWrite } from '../../../shared/policy/grant.ts'
import { readPermission, storedPolicy } from '../../../shared/policy/settings.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { BrokerMethods, Decided, WriteContent } from '../../../shared/protocol/gateway-methods.ts'
import type { ServeOptions } from '../../../shared/protocol/hello.ts'
import type { Decision } from '../approvals/entry.ts'
import type { BrokerState } from '../broker-state.ts'

export type SessionOptions = {
  id: string
  client: { name: string; version: string }
  workspace: string
  options: ServeOptions
  /** What the client's environment says of an account; used where it names a whole one. */
  environment: { variables: Record<string, string>; isWhole: boolean }
  /** No broker runs: this is all there is, in the client's own process. */
  solo: boolean
}

/** The alias of an account that is not stored but comes from the client's environment. */
const ENVIRONMENT = 'environment'

/** The account that a client gets that names none. */
const DEFAULT = 'default'

type Answers<Name extends keyof BrokerMethods> = Awaited<ReturnType<BrokerMethods[Name]>>
type Params<Name extends keyof BrokerMethods> = Parameters<BrokerMethods[Name]>[0]

/** One client as long as it is connected: everything that its gateway may ask, decided here. */
export class Session implements BrokerMethods {
  readonly options: SessionOptions
  readonly #state: BrokerState
  /** Functions that have asked to write. */
  readonly #writing = new Set<string>()
  #calls = 0
  #isOpen = true

  constructor(options: SessionOptions, state: BrokerState) {
    this.options = options
    this.#state = state
    state.approvals.beginSession(options.id)
  }

  get id(): string {
    return this.options.id
  }

  get calls(): number {
    return this.#calls
  }

  /** The client's own account, or the one that it names. */
  get alias(): string {
    const { options, environment } = this.options
    return options.account === DEFAULT && environment.isWhole ? ENVIRONMENT : options.account
  }

  /** What holds for a write of this client now, grants and wide mentions aside. */
  effective(integration: string): WritePolicy {
    return effectiveWrite(this.#policy(integration))
  }

  /** What a person has set for this client in this workspace. */
  override(integration: string): WritePolicy | undefined {
    return this.#policy(integration).override
  }

  /** The policy that tools and instructions speak of. */
  get listed(): WritePolicy {
    const { options, solo } = this.options
    const inputs = options.integrations.map(integration => this.#policy(integration))
    if (!inputs.some(listsWrites)) return 'deny'
    const asked = inputs[0]?.override ?? options.write
    return !solo && inputs[0]?.override === undefined && asked === 'allow' ? 'ask' : asked
  }

  async account({ integration }: Params<'account'>): Promise<Answers<'account'>> {
    if (!this.#isOpen) return { kind: 'refused', code: 'cancelled', message: 'The client has left.' }
    const read = this.#state.settings.read()
    // Settings that cannot be read do not say that reading is forbidden; a write is refused by them.
    const permission = read.kind === 'settings' ? readPermission(read.settings, integration) : undefined
    const decision = decideRead(permission, this.options.options.limits?.[integration]?.read)
    if (decision.kind === 'blocked') {
      return { kind: 'blocked', outcome: { kind: 'blocked', why: decision.why } }
    }
    const { variables } = this.options.environment
    if (this.alias === ENVIRONMENT) return { kind: 'environment', variables }
    try {
      const stored = await this.#state.accounts.get(integration, this.alias)
      if (stored !== undefined) return { kind: 'account', ...stored }
    } catch (error) {
      if (!(error instanceof KosmoError)) throw error
      return { kind: 'refused', code: error.code, message: error.message }
    }
    // What it lacks is said there; nothing is sent with a part of one.
    if (this.alias === DEFAULT) return { kind: 'environment', variables }
    const message = `There is no account "${this.alias}". A person adds it with \`kosmo integrations:configure ${integration} --account=${this.alias}\`, or leaves --account out.`
    return { kind: 'refused', code: 'not_configured', message }
  }

  mayWrite({ integration, function: name }: Params<'mayWrite'>): Refusal | null {
    const inputs = this.#policy(integration)
    const decision = decideWrite(inputs, { wideMentions: [], grant: undefined })
    if (decision.kind !== 'blocked') return null
    this.#blocked(name, decision.by)
    return { kind: 'blocked', why: decision.why }
  }

  decideWrite(write: Params<'decideWrite'>): Answers<'decideWrite'> {
    this.#writing.add(write.function)
    const inputs = this.#policy(write.integration)
    // Looked for last, because to find one is to use it.
    const grant =
      decideWrite(inputs, { ...write, grant: undefined }).kind === 'ask'
        ? this.#state.grants.find(this.#grantable(write.content, write.wideMentions))
        : undefined
    const decision = decideWrite(inputs, { ...write, grant })
    switch (decision.kind) {
      case 'ask':
        return { kind: 'ask' }
      case 'blocked':
        this.#blocked(write.function, decision.by)
        return { kind: 'refused', outcome: { kind: 'blocked', why: decision.why } }
      case 'permitted': {
        const by = decision.by === 'grant' ? `grant ${grant?.id ?? ''}` : 'policy: allow'
        return { kind: 'permitted', permit: this.#permit(write, by) }
      }
    }
  }

  async askPerson(question: Params<'askPerson'>): Promise<Answers<'askPerson'>> {
    if (!this.#isOpen) return { kind: 'refused', outcome: { kind: 'cancelled', by: 'client' } }
    const { ask, subject, canShowForm, function: name } = question
    this.#writing.add(name)
    // Alone there is no other surface that could come.
    const isNobodyHere = !canShowForm && this.#state.approvals.watching().length === 0
    if (this.options.solo && isNobodyHere) return { kind: 'refused', outcome: this.#nobodyInSolo(question) }
    const wait = waitMs(this.options.client.name, this.#waitSeconds)
    const answered = await this.#state.approvals.ask({
      ask,
      asker: this.#asker,
      function: name,
      subject,
      waitMs: wait,
      canShowForm,
    })
    return answered.kind === 'form' ? { kind: 'form', waitMs: wait } : told(answered)
  }

  answerForm({ ask, outcome }: Params<'answerForm'>): Decided {
    // A form cannot say these: they are ours to say.
    if (
      outcome.kind === 'blocked' ||
      outcome.kind === 'pending_approval' ||
      outcome.kind === 'not_released'
    ) {
      return {
        kind: 'refused',
        outcome: { kind: 'unreachable', why: 'the client failed to show the question.' },
      }
    }
    return told(this.#state.approvals.answerForm(this.id, ask, outcome))
  }

  withdraw({ ask }: Params<'withdraw'>): null {
    this.#state.approvals.withdraw(this.id, ask)
    return null
  }

  release({ permit, content }: Params<'release'>): Refusal | null {
    const name = this.#state.approvals.functionOf(permit, this.id)
    if (name !== undefined) {
      // The switch may have been thrown while somebody decided.
      for (const integration of this.options.options.integrations) {
        const refused = this.mayWrite({ integration, function: name })
        // Somebody may have been asked and said yes: that nobody was is not ours to say.
        if (refused?.kind === 'blocked') return { kind: 'not_released', why: refused.why }
        if (refused !== null) return refused
      }
    }
    const refused = this.#state.approvals.release(permit, this.id, { ...content, account: this.alias })
    if (refused === undefined) this.#state.underWay.released(this.id)
    return refused ?? null
  }

  record({ calls }: Params<'record'>): null {
    for (const { integration: _, function: name, outcome, ...facts } of calls) {
      this.#calls++
      if (this.#writing.has(name)) this.#state.underWay.ended(this.id, outcome)
      this.#state.tryToRecord({ kind: 'call', ...this.who, function: name, outcome, ...facts })
    }
    return null
  }

  /** The client is gone: nothing that was waiting is sent any more. */
  end(): void {
    this.#isOpen = false
    this.#state.approvals.endSession(this.id)
    this.#state.grants.endSession(this.id)
  }

  /** Who this is, for the audit. */
  get who(): { client: string; workspace: string; session: string; account: string } {
    const { id, client, workspace } = this.options
    return { client: client.name, workspace, session: id, account: this.alias }
  }

  #blocked(name: string, by: string): void {
    this.#state.tryToRecord({
      kind: 'decision',
      ...this.who,
      function: name,
      decision: 'blocked',
      by: `policy: ${by}`,
    })
  }

  #nobodyInSolo({ integration, subject: { wideMentions } }: Params<'askPerson'>): Refusal {
    const asksAnyway = this.effective(integration) === 'allow'
    const first = asksAnyway
      ? `@${wideMentions.join(', @')} notifies everybody and asks under every policy, but `
      : ''
    const nobody = this.options.options.reader === 'program' ? NOBODY_FOR_COMMAND : NOBODY_IN_SOLO
    return { kind: 'unreachable', why: `${first}${nobody}` }
  }

  get #asker(): Asker {
    const { id, client, workspace } = this.options
    return { client: client.name, version: client.version, workspace, session: id, account: this.alias }
  }

  get #waitSeconds(): number | undefined {
    const read = this.#state.settings.read()
    return read.kind === 'settings' ? read.settings.waitSeconds : undefined
  }

  #policy(integration: string): PolicyInputs {
    const { client, workspace, options, solo } = this.options
    const stored = storedPolicy(this.#state.settings.read(), { client: client.name, workspace, integration })
    return { ...stored, request: options.write, folder: options.limits?.[integration]?.write, solo }
  }

  #grantable({ server, channel }: WriteContent, wideMentions: readonly string[]): GrantableWrite {
    const { id, client, workspace } = this.options
    return { client: client.name, workspace, account: this.alias, server, channel, session: id, wideMentions }
  }

  #permit({ content, function: name }: Params<'decideWrite'>, by: string): string {
    return this.#state.approvals.permit(this.id, name, { ...content, account: this.alias }, by)
  }
}

function told(decision: Decision): Decided {
  if (decision.kind === 'refused') return { kind: 'refused', outcome: decision.outcome }
  const { permit, text } = decision
  return { kind: 'permitted', permit, ...(text !== undefined && { text }) }
}
