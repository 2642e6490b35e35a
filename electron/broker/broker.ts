import type { ApprovalForm, FormAnswer } from '../../shared/approvals/form.ts'
import type { ApprovalOutcome, Refusal } from '../../shared/approvals/outcome.ts'
import type { Integration, PreparedWrite } from '../integrations/integration.ts'

/** The client's own form (MCP elicitation), where the client offers one. */
export type FormSurface = {
  /** Shows the form and waits. @throws when the client fails, `signal` aborts or the time is over */
  ask(form: ApprovalForm, options: { signal: AbortSignal; timeoutMs: number }): Promise<FormAnswer>
}

/** Who calls: what is needed to ask the right person in time. */
export type Caller = {
  /** The client's name for itself, e.g. `codex-mcp-client`; not proof of anything. */
  clientName: string
  form: FormSurface | undefined
  /** Aborts when the client cancels or leaves. */
  signal: AbortSignal
}

/** What a gateway may ask of the one who holds policy, approvals and accounts. */
export type Broker = {
  /** The account's values by field. @throws KosmoError `not_configured` saying what to set */
  credentials(integration: Integration): Record<string, string | undefined>
  /** Decides before anything about a write has been looked up; undefined = go on to `approve`. */
  refuseWrite(): Refusal | undefined
  /** Decides on a write that is ready to be sent. Whatever goes wrong, nothing is approved by it. */
  approve(
    write: Pick<PreparedWrite<unknown>, 'wideMentions' | 'describe'>,
    caller: Caller,
  ): Promise<ApprovalOutcome>
}
