import type { PolicyOverride } from '../../../shared/policy/settings.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { IntegrationView } from '../../../shared/protocol/account-methods.ts'
import type { ClientView } from '../../../shared/protocol/surface-methods.ts'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ClientRowView } from './client-row-view.tsx'
import { clientRows } from './client-rows.ts'
import { SessionDetails } from './session-details.tsx'

type SessionsCardProps = {
  clients: readonly ClientView[]
  overrides: readonly PolicyOverride[]
  ceiling: WritePolicy
  integrations: readonly IntegrationView[]
}

/** Clients by folder: what each may do, and its sessions of this moment. */
export function SessionsCard({ clients, overrides, ceiling, integrations }: SessionsCardProps) {
  const rows = clientRows(clients, overrides)
  return (
    <Card title="What each may do">
      {rows.length === 0 ? (
        <Empty title="No client is connected">
          Start a client that is connected above, and ask it something about Mattermost. Each folder that it
          works in can have a policy of its own.
        </Empty>
      ) : (
        <ul className="rows">
          {rows.map(row => (
            <ClientRowView key={row.key} row={row} ceiling={ceiling} integrations={integrations}>
              {row.sessions.length > 0 && <SessionDetails sessions={row.sessions} />}
            </ClientRowView>
          ))}
        </ul>
      )}
    </Card>
  )
}
