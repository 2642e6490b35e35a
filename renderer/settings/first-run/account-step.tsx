import { AccountForm } from '../accounts/account-form.tsx'
import { suggestAccountName } from '../accounts/account-names.ts'
import { Answered } from '../shell/answered.tsx'
import { Page } from '../shell/page.tsx'
import { useQuestion } from '../shell/use-question.ts'
import type { SetUpAccount } from './first-run.tsx'

/** Address and token of the first account. */
export function AccountStep({ onAccount }: { onAccount: (account: SetUpAccount) => void }) {
  const asked = useQuestion('accounts', remote => remote.integrations({}))
  return (
    <Page
      name="Set-up"
      title="Connect your Mattermost"
      lead="Your agents read through this account. What they want to post is shown to you first."
    >
      <Answered asked={asked}>
        {([integration]) =>
          integration === undefined ? (
            <p>This version knows no service. Install it again.</p>
          ) : (
            <div className="card">
              <div className="card-form">
                <AccountForm
                  integration={integration}
                  alias={suggestAccountName(integration.accounts.map(({ alias }) => alias))}
                  saveLabel="This is me, go on"
                  showsHelp
                  onSaved={(alias, warnings, user) =>
                    onAccount({ integration: integration.id, alias, user, warnings })
                  }
                />
              </div>
            </div>
          )
        }
      </Answered>
    </Page>
  )
}
