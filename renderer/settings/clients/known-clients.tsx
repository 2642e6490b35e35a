import type { KnownClient } from '../../../shared/protocol/client-methods.ts'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Answered } from '../shell/answered.tsx'
import { useQuestion } from '../shell/use-question.ts'
import { KnownClientRow } from './known-client-row.tsx'

/** Programs on this computer, and whether each is connected. */
export function KnownClients() {
  const asked = useQuestion('known clients', remote => remote.knownClients({}))
  return (
    <Card title="On this computer">
      <Answered asked={asked} waiting="Looking for programs…">
        {clients =>
          clients.length === 0 ? (
            <Empty title="No program is known">This version knows no client. Install it again.</Empty>
          ) : (
            <ul className="rows">
              {inOrder(clients).map(client => (
                <KnownClientRow key={client.id} client={client} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Card>
  )
}

const ORDER: readonly KnownClient['state'][] = ['broken', 'changed', 'connected', 'found', 'absent']

/** What wants looking at comes first, what is not here last; otherwise as the app tells them. */
function inOrder(clients: readonly KnownClient[]): KnownClient[] {
  return clients.toSorted((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state))
}
