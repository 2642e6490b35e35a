import { useState } from 'react'
import type { AccountView, IntegrationView } from '../../../shared/protocol/account-methods.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { AskDialog } from '../../ui/ask-dialog.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Name } from '../../ui/name.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Said } from '../../ui/said.tsx'
import { useChecks } from '../shell/checks-context.tsx'
import { Failure } from '../shell/failure.tsx'
import { useIsShown, useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { AccountChange } from './account-change.tsx'
import { CheckSaid } from './check-said.tsx'
import { serverLabel } from './server-label.ts'

type AccountRowProps = {
  account: AccountView
  integration: IntegrationView
  onWarnings: (warnings: string[]) => void
}

/** One account: whose it is, whether the server still takes its token, and what can be done with it. */
export function AccountRow({ account, integration, onWarnings }: AccountRowProps) {
  const { remote } = useSurroundings()
  const isShown = useIsShown()
  const [isChanging, setChanging] = useState(false)
  const [isRemoving, setRemoving] = useState(false)
  const { alias, url, user, store, changedAt } = account
  const checked = { integration: integration.id, alias, changedAt }
  const checks = useChecks([checked])
  const check = checks.of(checked)
  const person = check?.kind === 'person' ? check.person : undefined
  const whose = person?.name ?? person?.user ?? user ?? alias
  const remove = useAction(() => remote.removeAccount({ integration: integration.id, account: alias }))
  return (
    <li className="account">
      <div className="account-head">
        <Avatar picture={person?.avatar ?? null} name={whose} />
        <div className="row-words">
          <div>
            <b>
              <Name text={whose} />
            </b>{' '}
            <Chip tone="plain">
              <Name text={alias} max={64} />
            </Chip>
          </div>
          <div className="muted">
            <Name text={person?.user ?? user ?? 'somebody'} /> on <Name text={serverLabel(url)} />
          </div>
          <div className="muted">
            {store === 'keychain' ? 'Token in the system’s keychain' : 'Token in a file, not encrypted'}
          </div>
          <CheckSaid check={check} />
        </div>
        <div className="account-actions">
          <ActionButton isBusy={check?.kind === 'checking'} onClick={() => checks.check(checked)}>
            Check
          </ActionButton>
          {!isChanging && <ActionButton onClick={() => setChanging(true)}>Change…</ActionButton>}
          <ActionButton kind="danger" isBusy={remove.isBusy} onClick={() => setRemoving(true)}>
            Remove…
          </ActionButton>
        </div>
      </div>
      {person?.warnings.map(warning => (
        <Notice key={warning} tone="ask">
          <Said text={warning} />
        </Notice>
      ))}
      {remove.failure !== undefined && (
        <Failure failure={remove.failure} title="The account was not removed." again={() => remove.run()} />
      )}
      {isChanging && (
        <AccountChange
          account={account}
          integration={integration}
          onEnd={warnings => {
            setChanging(false)
            onWarnings(warnings)
          }}
        />
      )}
      <AskDialog
        isOpen={isShown && isRemoving}
        title={
          <>
            Remove <Name text={whose} /> on <Name text={serverLabel(url)} />?
          </>
        }
        yes="Remove the account"
        isDanger
        onNo={() => setRemoving(false)}
        onYes={() => {
          setRemoving(false)
          remove.run()
        }}
      >
        <p>
          Its token is deleted from this computer, and agents that use this account can do nothing more with
          it. On the server the token stays valid until you delete it there.
        </p>
      </AskDialog>
    </li>
  )
}
