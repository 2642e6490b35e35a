import { AboutSection } from '../about/about-section.tsx'
import { AccountsSection } from '../accounts/accounts-section.tsx'
import { ActivitySection } from '../activity/activity-section.tsx'
import { ApprovalsSection } from '../approvals/approvals-section.tsx'
import { ClientsSection } from '../clients/clients-section.tsx'
import { FirstRun } from '../first-run/first-run.tsx'
import { OverviewSection } from '../overview/overview-section.tsx'
import { ScopeSection } from '../scope/scope-section.tsx'
import type { Place } from './place.ts'

/** What stands at a place of the window. */
export function PlaceContent({ place }: { place: Place }) {
  switch (place) {
    case 'setup':
      return <FirstRun />
    case 'overview':
      return <OverviewSection />
    case 'accounts':
      return <AccountsSection />
    case 'scope':
      return <ScopeSection />
    case 'clients':
      return <ClientsSection />
    case 'approvals':
      return <ApprovalsSection />
    case 'activity':
      return <ActivitySection />
    case 'about':
      return <AboutSection />
  }
}
