import { Answered } from '../shell/answered.tsx'
import { Page } from '../shell/page.tsx'
import { useQuestion } from '../shell/use-question.ts'
import { KnownClients } from './known-clients.tsx'
import { SessionsCard } from './sessions-card.tsx'

/** Programs that can use Mattermost through us, and those that do at this moment. */
export function ClientsSection() {
  const asked = useQuestion('clients', async remote => {
    const [policy, clients, integrations] = await Promise.all([
      remote.policy({}),
      remote.clients({}),
      remote.integrations({}),
    ])
    return { ...policy, clients, integrations }
  })
  return (
    <Page
      name="Clients"
      title="Clients"
      lead="Programs that use Mattermost through KosmoKrator. None of them ever gets the token."
    >
      <KnownClients />
      <Answered asked={asked}>{answer => <SessionsCard {...answer} />}</Answered>
    </Page>
  )
}
