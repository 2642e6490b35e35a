import { Page } from '../shell/page.tsx'
import { GrantsCard } from './grants-card.tsx'
import { WaitingCard } from './waiting-card.tsx'

/** What waits for the person, and what they said for later. Nothing can be approved from here. */
export function ApprovalsSection() {
  return (
    <Page
      name="Approvals"
      title="Approvals"
      lead="Posts are approved in a window of their own, where you see all of what would be sent."
    >
      <WaitingCard />
      <GrantsCard />
    </Page>
  )
}
