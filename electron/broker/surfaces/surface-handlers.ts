import { KosmoError } from '../../../shared/errors.ts'
import {
  defaultSettings,
  overrideFor,
  withCeiling,
  withOverride,
  withoutOverride,
} from '../../../shared/policy/settings.ts'
import { WRITE_POLICIES, type WritePolicy } from '../../../shared/policy/write-policy.ts'
import { type ClientView, NO_PERSON, type SurfaceHandlers } from '../../../shared/protocol/surface-methods.ts'
import type { Surface } from '../../../shared/protocol/surfaces.ts'
import type { BrokerState } from '../broker-state.ts'

export type SurfaceContext = {
  kind: Surface
  /** A person sits there. */
  interactive: boolean
  state: BrokerState
  clients(): ClientView[]
  status(): { version: string; pid: number; home: string; startedAt: number }
  /** Called after whatever says what a client may do has changed. */
  policyChanged(): void
  accountChanged(integration: string): void
  stop(): void
  /** The connection watches from now on. */
  startWatching(): void
}

/** What a surface's calls do. Whether it may call them was decided by the table before. */
export function surfaceHandlers(context: SurfaceContext): SurfaceHandlers {
  const { kind, state, clients, policyChanged } = context
  const { approvals, settings, grants } = state
  const by = `person (${kind})`
  const changed = (decision: string, target: string) =>
    state.tryToRecord({ kind: 'change', decision, target, by: context.interactive ? by : kind })
  const stored = () => {
    const read = settings.read()
    return read.kind === 'settings' ? read.settings : undefined
  }
  return {
    status: () => ({
      ...context.status(),
      ceiling: stored()?.ceiling ?? 'deny',
      clients: clients().length,
      pending: approvals.list().length,
      surfaces: approvals.watching(),
      problems: state.problems(),
    }),
    listApprovals: () => approvals.list(),
    watchApprovals() {
      context.startWatching()
      return approvals.list()
    },
    reportShown({ ids }) {
      approvals.shown(ids, kind)
      return null
    },
    answer: ({ id, answer }) => approvals.answer(id, answer, by),
    extend: ({ id }) => approvals.extend(id),
    policy: () => ({ ceiling: stored()?.ceiling ?? 'deny', overrides: stored()?.overrides ?? [] }),
    setCeiling({ policy }) {
      if (isLooser(policy, stored()?.ceiling ?? 'deny')) requirePerson(context)
      settings.change(before => withCeiling(before, policy))
      changed(`ceiling ${policy}`, 'all clients')
      policyChanged()
      return null
    },
    setOverride({ client, workspace, policy }) {
      // Without an override the client's own word holds, which is at most ask.
      const before = overrideFor(stored() ?? defaultSettings(), client, workspace)
      if (isLooser(policy ?? 'ask', before ?? 'deny')) requirePerson(context)
      settings.change(before =>
        policy === null
          ? withoutOverride(before, client, workspace)
          : withOverride(before, { client, workspace, policy }),
      )
      changed(`override ${policy ?? 'none'}`, `${client} in ${workspace}`)
      policyChanged()
      return null
    },
    clients,
    grants: () => grants.list(),
    revokeGrants({ id }) {
      const count = id === undefined ? grants.revokeAll() : Number(grants.revoke(id))
      if (count > 0) changed('grant revoked', id ?? `all ${count}`)
      return count
    },
    integrationChanged({ integration }) {
      changed('integration changed', integration)
      context.accountChanged(integration)
      return null
    },
    stop() {
      // The answer goes out first.
      setImmediate(context.stop)
      return null
    },
  }
}

/** @throws KosmoError `forbidden` */
function requirePerson({ interactive }: SurfaceContext): void {
  if (!interactive) throw new KosmoError('forbidden', NO_PERSON)
}

function isLooser(after: WritePolicy, before: WritePolicy): boolean {
  return WRITE_POLICIES.indexOf(after) > WRITE_POLICIES.indexOf(before)
}
