import type { AccountView, IntegrationView } from '../../../shared/protocol/account-methods.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Answered } from '../shell/answered.tsx'
import { useQuestion } from '../shell/use-question.ts'
import { AccountForm } from './account-form.tsx'

type AccountChangeProps = {
  account: AccountView
  integration: IntegrationView
  /** @param warnings what the person should know now */
  onEnd: (warnings: string[]) => void
}

/** Another token, address or place for an account. */
export function AccountChange({ account, integration, onEnd }: AccountChangeProps) {
  const { alias, store } = account
  const asked = useQuestion(`values ${integration.id} ${alias}`, remote =>
    remote.accountValues({ integration: integration.id, account: alias }),
  )
  return (
    <div className="account-form">
      <Answered asked={asked}>
        {({ values, secrets }) => (
          <AccountForm
            integration={integration}
            alias={alias}
            stored={{ values, secrets, store }}
            onSaved={(_alias, warnings) => onEnd(warnings)}
            onCancel={() => onEnd([])}
          />
        )}
      </Answered>
      {asked.kind === 'failed' && <ActionButton onClick={() => onEnd([])}>Cancel</ActionButton>}
    </div>
  )
}
