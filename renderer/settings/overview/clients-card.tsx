import type { PolicyOverride } from '../../../shared/policy/settings.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import type { IntegrationView } from '../../../shared/protocol/account-methods.ts'
import type { ClientView } from '../../../shared/protocol/surface-methods.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ClientRowView } from '../clients/client-row-view.tsx'
import { clientRows } from '../clients/client-rows.ts'
import { useSurroundings } from '../shell/remote-context.ts'

type ClientsCardProps = {
  clients: readonly ClientView[]
  overrides: readonly PolicyOverride[]
  ceiling: WritePolicy
  integrations: readonly IntegrationView[]
}

/** Who is connected, and what each may do. */
export function ClientsCard({ clients, overrides, ceiling, integrations }: ClientsCardProps) {
  const { move } = useSurroundings()
  const rows = clientRows(clients, overrides)
  const connect = (
    <ActionButton onClick={() => move({ kind: 'go', place: 'clients', wantsFocus: true })}>
      Connect a client…
    </ActionButton>
  )
  return (
    <Card title="Clients" action={rows.length > 0 && connect}>
      {rows.length === 0 ? (
        <Empty title="No client is connected" action={connect}>
          Codex, Claude Code, Cursor and others show up here as soon as they use Mattermost.
        </Empty>
      ) : (
        <ul className="rows">
          {rows.map(row => (
            <ClientRowView key={row.key} row={row} ceiling={ceiling} integrations={integrations} />
          ))}
        </ul>
      )}
    </Card>
  )
}
