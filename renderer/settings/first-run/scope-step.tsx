import { ActionButton } from '../../ui/action-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Said } from '../../ui/said.tsx'
import { ScopeEditor } from '../scope/scope-editor.tsx'
import { Page } from '../shell/page.tsx'
import type { Go, SetUpAccount } from './first-run.tsx'

/** What the account is limited to. */
export function ScopeStep({ account, go }: { account: SetUpAccount; go: Go }) {
  const { integration, alias, user, warnings } = account
  return (
    <Page
      name="Set-up"
      title="Where may agents look?"
      lead="Whatever is not chosen does not exist for them, however it is named. You can change this at any time."
    >
      {warnings.map(warning => (
        <Notice key={warning} tone="ask">
          <Said text={warning} />
        </Notice>
      ))}
      <ScopeEditor
        integration={integration}
        alias={alias}
        user={user}
        saveLabel="Go on"
        actions={go.back !== undefined && <ActionButton onClick={go.back}>Back</ActionButton>}
        onSaved={go.next}
      />
    </Page>
  )
}
