import { policySentence } from '../../../shared/desktop/policy-names.ts'
import { PolicySwitch } from '../policy/policy-switch.tsx'
import { Answered } from '../shell/answered.tsx'
import { Page } from '../shell/page.tsx'
import { useQuestion } from '../shell/use-question.ts'
import { AccountLine } from './account-line.tsx'
import { ClientsCard } from './clients-card.tsx'
import { RecentCard } from './recent-card.tsx'

/** How things stand, at a glance, and the switch. */
export function OverviewSection() {
  const asked = useQuestion('overview', async remote => {
    const [policy, clients, integrations] = await Promise.all([
      remote.policy({}),
      remote.clients({}),
      remote.integrations({}),
    ])
    return { ...policy, clients, integrations }
  })
  const title = asked.kind === 'answered' ? policySentence(asked.value.ceiling) : 'Overview'
  return (
    <Page
      name="Overview"
      title={title}
      lead={asked.kind === 'answered' && <AccountLine integrations={asked.value.integrations} />}
    >
      <Answered asked={asked}>
        {({ ceiling, overrides, clients, integrations }) => (
          <>
            <PolicySwitch ceiling={ceiling} />
            <ClientsCard
              clients={clients}
              overrides={overrides}
              ceiling={ceiling}
              integrations={integrations}
            />
            <RecentCard />
          </>
        )}
      </Answered>
    </Page>
  )
}
