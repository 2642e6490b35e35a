import { Page } from '../shell/page.tsx'
import { CommandCard } from './command-card.tsx'
import { DoctorCard } from './doctor-card.tsx'
import { LeaveCard } from './leave-card.tsx'
import { PreferencesCard } from './preferences-card.tsx'
import { VersionsCard } from './versions-card.tsx'

/** What this is, whether it is well, and how it behaves. */
export function AboutSection() {
  return (
    <Page
      name="About"
      title="About KosmoKrator"
      lead="A gateway between your agents and your chat. You keep the say."
    >
      <PreferencesCard />
      <CommandCard />
      <DoctorCard />
      <VersionsCard />
      <LeaveCard />
    </Page>
  )
}
