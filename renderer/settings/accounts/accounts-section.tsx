import { useState } from 'react'
import type { IntegrationView } from '../../../shared/protocol/account-methods.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Said } from '../../ui/said.tsx'
import { Answered } from '../shell/answered.tsx'
import { Page } from '../shell/page.tsx'
import { useQuestion } from '../shell/use-question.ts'
import { AccountForm } from './account-form.tsx'
import { suggestAccountName } from './account-names.ts'
import { AccountRow } from './account-row.tsx'
import { PermissionsCard } from './permissions-card.tsx'

/** As whom agents read and post, and what holds for all of them. */
export function AccountsSection() {
  const asked = useQuestion('accounts', remote => remote.integrations({}))
  return (
    <Page
      name="Accounts"
      title="Accounts"
      lead="Whom agents read and post as. Tokens stay on this computer and are never shown again."
    >
      <Answered asked={asked}>
        {integrations =>
          integrations.length === 0 ? (
            <Empty title="Nothing to connect to">This version knows no service. Install it again.</Empty>
          ) : (
            integrations.map(integration => (
              <IntegrationAccounts key={integration.id} integration={integration} />
            ))
          )
        }
      </Answered>
    </Page>
  )
}

function IntegrationAccounts({ integration }: { integration: IntegrationView }) {
  const [isAdding, setAdding] = useState(false)
  const [warnings, setWarnings] = useState<string[]>([])
  const taken = integration.accounts.map(({ alias }) => alias)
  const add = <ActionButton onClick={() => setAdding(true)}>Add an account…</ActionButton>
  return (
    <>
      {warnings.map(warning => (
        <Notice
          key={warning}
          tone="ask"
          actions={<ActionButton onClick={() => setWarnings([])}>All right</ActionButton>}
        >
          <Said text={warning} />
        </Notice>
      ))}
      <Card title={integration.name} action={!isAdding && taken.length > 0 && add}>
        {taken.length === 0 && !isAdding && (
          <Empty title="No account yet" action={add}>
            Add the address of your server and a token, and agents can read what that account can read.
          </Empty>
        )}
        {taken.length > 0 && (
          <ul className="rows">
            {integration.accounts.map(account => (
              <AccountRow
                key={account.alias}
                account={account}
                integration={integration}
                onWarnings={setWarnings}
              />
            ))}
          </ul>
        )}
        {isAdding && (
          <div className="card-form">
            <AccountForm
              integration={integration}
              alias={suggestAccountName(taken)}
              onCancel={() => setAdding(false)}
              onSaved={(_alias, said) => {
                setAdding(false)
                setWarnings(said)
              }}
            />
          </div>
        )}
      </Card>
      {taken.length > 0 && <PermissionsCard integration={integration} />}
    </>
  )
}
