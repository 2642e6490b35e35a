import { useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Pick } from '../../ui/pick.tsx'
import { type ListedAccount, listedAccounts } from '../accounts/listed-accounts.ts'
import { serverLabel } from '../accounts/server-label.ts'
import { Answered } from '../shell/answered.tsx'
import { Page } from '../shell/page.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useQuestion } from '../shell/use-question.ts'
import { ScopeEditor } from './scope-editor.tsx'

/** Which teams, channels and people agents may touch, for each account. */
export function ScopeSection() {
  const asked = useQuestion('accounts', remote => remote.integrations({}))
  return (
    <Page
      name="Scope"
      title="Scope"
      lead="Where agents may read and post. Whatever is not chosen does not exist for them, however it is named."
    >
      <Answered asked={asked}>
        {integrations => (
          <ScopeOfAccounts
            accounts={listedAccounts(integrations).filter(({ integration }) =>
              integrations.some(
                ({ id, fields }) => id === integration && fields.some(({ key }) => key === 'scope'),
              ),
            )}
          />
        )}
      </Answered>
    </Page>
  )
}

function ScopeOfAccounts({ accounts }: { accounts: readonly ListedAccount[] }) {
  const { move } = useSurroundings()
  const [chosen, setChosen] = useState<string>()
  const account = accounts.find(each => keyOf(each) === chosen) ?? accounts[0]
  if (account === undefined) {
    return (
      <div className="card">
        <Empty
          title="No account yet"
          action={
            <ActionButton onClick={() => move({ kind: 'go', place: 'accounts', wantsFocus: true })}>
              Add an account…
            </ActionButton>
          }
        >
          What an account is limited to can be chosen once there is one.
        </Empty>
      </div>
    )
  }
  return (
    <>
      {accounts.length > 1 && (
        <Pick
          isLabelled
          label="Account"
          value={keyOf(account)}
          options={accounts.map(each => ({
            value: keyOf(each),
            title: `${each.user ?? each.alias} on ${serverLabel(each.url)} (${each.alias})`,
          }))}
          onPick={setChosen}
        />
      )}
      <ScopeEditor
        key={keyOf(account)}
        integration={account.integration}
        alias={account.alias}
        user={account.user}
      />
    </>
  )
}

function keyOf({ integration, alias }: ListedAccount): string {
  return JSON.stringify([integration, alias])
}
