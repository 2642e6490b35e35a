import type { ReactNode } from 'react'
import { clientLabel } from '../../../shared/desktop/labels.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { IntegrationView } from '../../../shared/protocol/account-methods.ts'
import { Name } from '../../ui/name.tsx'
import { PathText } from '../../ui/path-text.tsx'
import { ClientPolicyPick } from '../policy/client-policy-pick.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { count } from '../words/count-words.ts'
import { type ClientRow, callsOf, pendingOf } from './client-rows.ts'
import { heldBack } from './held-back.ts'

type ClientRowViewProps = {
  row: ClientRow
  ceiling: WritePolicy
  integrations: readonly IntegrationView[]
  /** More about it, under the row. */
  children?: ReactNode
}

/** A client in its folder: what it does, and its own policy. */
export function ClientRowView({ row, ceiling, integrations, children }: ClientRowViewProps) {
  const { homeDirectory } = useSurroundings()
  const isConnected = row.sessions.length > 0
  const held = heldBack(row, ceiling, integrations)
  return (
    <li className="row">
      <div className="row-main">
        <span className={isConnected ? 'dot' : 'dot off'} aria-hidden="true" />
        <div className="row-words">
          <b>
            <Name text={clientLabel(row.client)} />
          </b>
          <PathText path={row.workspace} home={homeDirectory} />
        </div>
      </div>
      <div className="row-said muted">{doing(row)}</div>
      <div className="row-end">
        <ClientPolicyPick row={row} ceiling={ceiling} />
        {held !== undefined && <div className="row-note">{held}</div>}
      </div>
      {children}
    </li>
  )
}

function doing(row: ClientRow): string {
  const pending = pendingOf(row)
  if (row.sessions.length === 0) return 'not connected'
  if (pending > 0) return `waiting for you · ${pending}`
  const calls = callsOf(row)
  return calls === 0 ? 'connected, no calls yet' : `connected · ${count(calls, 'call')}`
}
