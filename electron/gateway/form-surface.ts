import { type ApprovalForm, type FormAnswer, readFormAnswer } from '../../shared/approvals/form.ts'
import type { ApprovalOutcome } from '../../shared/approvals/outcome.ts'

/** The client's own form (MCP elicitation), where the client offers one. */
export type FormSurface = {
  /** Shows the form and waits. @throws when the client fails, `signal` aborts or the time is over */
  ask(form: ApprovalForm, options: { signal: AbortSignal; timeoutMs: number }): Promise<FormAnswer>
}

/**
 * Asks in the client's form. Whatever goes wrong, nothing is approved by it.
 *
 * @param timeoutMs how long the call may wait for the person, as the broker says
 * @param signal aborts when the client leaves, or somebody has answered elsewhere
 * @param now monotonic milliseconds
 */
export async function askInForm(
  surface: FormSurface,
  form: ApprovalForm,
  { timeoutMs, signal, now }: { timeoutMs: number; signal: AbortSignal; now: () => number },
): Promise<ApprovalOutcome> {
  const asked = now()
  try {
    const answer = await surface.ask(form, { signal, timeoutMs })
    return signal.aborted ? { kind: 'cancelled', by: 'client' } : readFormAnswer(answer, now() - asked)
  } catch {
    if (signal.aborted) return { kind: 'cancelled', by: 'client' }
    if (now() - asked >= timeoutMs - 1_000) return { kind: 'expired', seconds: Math.round(timeoutMs / 1000) }
    return { kind: 'unreachable', why: 'the client failed to show the question.' }
  }
}
