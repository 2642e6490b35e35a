import { approvalForm, readFormAnswer } from '../../shared/approvals/form.ts'
import type { ApprovalOutcome, Refusal } from '../../shared/approvals/outcome.ts'
import type { WriteSubject } from '../../shared/approvals/write-subject.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { WritePolicy } from '../../shared/policy/write-policy.ts'
import type { Integration } from '../integrations/integration.ts'
import type { Broker, Caller } from './broker.ts'

export type SoloOptions = {
  /** `--write=`; in solo nothing else has a say. */
  policy: WritePolicy
  /** `--account=` */
  account: string
  variables: Record<string, string | undefined>
  /** Monotonic milliseconds. */
  now(): number
}

/** The account that the environment variables are. */
export const SOLO_ACCOUNT = 'default'

/** Waits end before the client's own do: Codex gives up after 300 s, clients that we do not know after 60. */
const CODEX_WAIT_MS = 240_000
const UNKNOWN_WAIT_MS = 50_000

/** The broker of a gateway that works alone: policy from its flags, account from its environment, no windows. */
export function createSoloBroker(options: SoloOptions): Broker {
  return {
    credentials: integration => credentialsOf(integration, options),
    refuseWrite: () => refusalByPolicy(options.policy),
    approve: (write, caller) => approve(write, caller, options),
  }
}

function credentialsOf(integration: Integration, { account, variables }: SoloOptions) {
  if (account !== SOLO_ACCOUNT) {
    throw new KosmoError(
      'not_configured',
      `The account "${account}" is not known here: working alone, there is only "${SOLO_ACCOUNT}", from the environment. Leave --account out.`,
    )
  }
  const missing = integration.credentials.filter(
    ({ required, variable }) => required && !variables[variable]?.trim(),
  )
  if (missing.length > 0) {
    const what = missing.map(({ variable, description }) => `${variable} (${description})`).join(' and ')
    throw new KosmoError(
      'not_configured',
      `${integration.name} is not set up: the environment of this server lacks ${what}. Set it where the client's configuration starts this server.`,
    )
  }
  return Object.fromEntries(integration.credentials.map(({ key, variable }) => [key, variables[variable]]))
}

function refusalByPolicy(policy: WritePolicy): Refusal | undefined {
  if (policy !== 'deny') return undefined
  const why =
    'Writes are refused by policy: this server was started with --write=deny. To change that, a person starts it with --write=ask or --write=allow.'
  return { kind: 'blocked', why }
}

async function approve(
  { wideMentions, describe }: Parameters<Broker['approve']>[0],
  caller: Caller,
  { policy, now }: SoloOptions,
): Promise<ApprovalOutcome> {
  const refused = refusalByPolicy(policy)
  if (refused !== undefined) return refused
  // Everybody in the channel being notified is worth a question whatever the policy is.
  if (policy === 'allow' && wideMentions.length === 0) return { kind: 'approved' }
  const outcome = await askInForm(describe, caller, now)
  if (outcome.kind !== 'unreachable') return outcome
  const why =
    policy === 'allow'
      ? `@${wideMentions.join(', @')} notifies everybody and asks under every policy, but ${outcome.why}`
      : `${outcome.why} A person can also post it themselves, or start this server with --write=allow.`
  return { kind: 'unreachable', why }
}

async function askInForm(
  describe: (signal: AbortSignal) => Promise<WriteSubject>,
  { form: surface, signal, clientName }: Caller,
  now: () => number,
): Promise<ApprovalOutcome> {
  if (surface === undefined) {
    return {
      kind: 'unreachable',
      why: 'this client cannot show a question, and no KosmoKrator app is running.',
    }
  }
  const form = approvalForm(await describe(signal))
  if (form === undefined) {
    const why =
      "the text is too long to be shown whole in the client's form (about 7 lines of 100 characters), and nobody can approve what they do not see. Post it in shorter parts."
    return { kind: 'unreachable', why }
  }
  const timeoutMs = clientName === 'codex-mcp-client' ? CODEX_WAIT_MS : UNKNOWN_WAIT_MS
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
