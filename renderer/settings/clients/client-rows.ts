import { strictest } from '../../../shared/policy/effective-policy.ts'
import type { PolicyOverride } from '../../../shared/policy/settings.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { ClientView } from '../../../shared/protocol/surface-methods.ts'

/** A client in a folder, as a person sees it: it may have several sessions at once, or none but a policy of its own. */
export type ClientRow = {
  key: string
  client: string
  workspace: string
  sessions: ClientView[]
  /** What the person set for it; null where they set nothing. */
  own: WritePolicy | null
  /** What its configuration asks for, at most Ask me; undefined where it is not connected. */
  configured: WritePolicy | undefined
  /** What holds for it now; undefined where it is not connected. */
  effective: WritePolicy | undefined
}

/** Connected clients first, the ones that wait for the person at the top; then those that are only remembered. */
export function clientRows(
  sessions: readonly ClientView[],
  overrides: readonly PolicyOverride[],
): ClientRow[] {
  const groups = Map.groupBy(sessions, ({ client, workspace }) => keyOf(client, workspace))
  const connected = [...groups].map(([key, group]) => connectedRow(key, group))
  const known = new Set(groups.keys())
  const remembered = overrides.flatMap(({ client, workspace, policy }): ClientRow[] => {
    const key = keyOf(client, workspace)
    if (known.has(key)) return []
    known.add(key)
    return [
      { key, client, workspace, sessions: [], own: policy, configured: undefined, effective: undefined },
    ]
  })
  return [
    ...connected.sort((a, b) => pendingOf(b) - pendingOf(a) || a.key.localeCompare(b.key)),
    ...remembered,
  ]
}

function connectedRow(key: string, group: ClientView[]): ClientRow {
  const [first] = group
  const effective = group.map(each => each.effective)
  const requests = group.map(each => each.request)
  return {
    key,
    client: first?.client ?? '',
    workspace: first?.workspace ?? '',
    sessions: group,
    own: first?.override ?? null,
    configured: strictest('ask', ...requests),
    effective: strictest(effective[0] ?? 'deny', ...effective),
  }
}

/** Requests of all its sessions that wait for the person. */
export function pendingOf({ sessions }: ClientRow): number {
  return sessions.reduce((sum, { pending }) => sum + pending, 0)
}

/** Calls of all its sessions. */
export function callsOf({ sessions }: ClientRow): number {
  return sessions.reduce((sum, { calls }) => sum + calls, 0)
}

/** What the rows are told apart by: two folders are two clients. */
function keyOf(client: string, workspace: string): string {
  return JSON.stringify([client, workspace])
}
