import { KosmoError } from '../../../shared/errors.ts'
import type { Settings } from '../../../shared/policy/settings.ts'
import { type ClientView, NO_PERSON } from '../../../shared/protocol/surface-methods.ts'
import type { Surface } from '../../../shared/protocol/surfaces.ts'
import type { Environment } from '../../integrations/integration.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { BrokerState } from '../broker-state.ts'

/** What the calls of one surface stand on. */
export type SurfaceContext = {
  kind: Surface
  /** A person sits there. */
  interactive: boolean
  state: BrokerState
  accounts: Accounts
  /** In which accounts are tried. */
  environment: Environment
  clients(): ClientView[]
  status(): { version: string; pid: number; home: string; startedAt: number }
  /** Called after whatever says what a client may do has changed. */
  policyChanged(): void
  accountChanged(integration: string): void
  stop(): void
  /** The connection watches from now on. */
  startWatching(): void
}

/** Who answers, as it stands in the audit. */
export function personOf({ kind }: SurfaceContext): string {
  return `person (${kind})`
}

/** Writes down what was changed from here. */
export function recordChange(context: SurfaceContext, decision: string, target: string): void {
  const by = context.interactive ? personOf(context) : context.kind
  context.state.tryToRecord({ kind: 'change', decision, target, by })
}

/** The settings; undefined where they cannot be read. */
export function settingsOf({ state }: SurfaceContext): Settings | undefined {
  const read = state.settings.read()
  return read.kind === 'settings' ? read.settings : undefined
}

/** The settings. @throws KosmoError `not_configured` with file and place where they cannot be read */
export function requireSettings({ state }: SurfaceContext): Settings {
  const read = state.settings.read()
  if (read.kind === 'broken') throw new KosmoError('not_configured', read.why)
  return read.settings
}

/** @throws KosmoError `forbidden` */
export function requirePerson({ interactive }: SurfaceContext): void {
  if (!interactive) throw new KosmoError('forbidden', NO_PERSON)
}
