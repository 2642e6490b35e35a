import { KnownClients } from '../clients/known-clients.tsx'
import { Page } from '../shell/page.tsx'
import type { Go } from './first-run.tsx'
import { StepActions } from './step-actions.tsx'

/** The agent's program learns where to find us. */
export function ConnectStep({ go }: { go: Go }) {
  return (
    <Page
      name="Set-up"
      title="Connect your agent"
      lead="A few lines in its configuration, shown to you before they are written. No token is among them."
    >
      <KnownClients />
      <StepActions go={go} />
    </Page>
  )
}
