import type { IntegrationView } from '../../../shared/protocol/account-methods.ts'
import { Name } from '../../ui/name.tsx'
import { Said } from '../../ui/said.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { Check } from '../accounts/checks.ts'
import { listedAccounts } from '../accounts/listed-accounts.ts'
import { serverLabel } from '../accounts/server-label.ts'
import { useChecks } from '../shell/checks-context.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { ago } from '../words/time-words.ts'
import { isOffline } from '../words/trouble.ts'

/** As whom agents read, and whether the server agrees. The first account speaks; the others are counted. */
export function AccountLine({ integrations }: { integrations: readonly IntegrationView[] }) {
  const { move } = useSurroundings()
  const [first, ...more] = listedAccounts(integrations)
  const checks = useChecks(first === undefined ? [] : [first])
  if (first === undefined) {
    return (
      <>
        No account is connected yet.{' '}
        <button
          type="button"
          className="link"
          onClick={() => move({ kind: 'go', place: 'setup', wantsFocus: true })}
        >
          Set it up
        </button>
      </>
    )
  }
  const check = checks.of(first)
  const user = check?.kind === 'person' ? check.person.user : first.user
  return (
    <>
      {check?.kind === 'failed' ? 'Set up for ' : 'Connected to '}
      <Name text={serverLabel(first.url)} />
      {user !== null && (
        <>
          {' '}
          as{' '}
          <b>
            <Name text={user} />
          </b>
        </>
      )}
      <CheckWords check={check} onAgain={() => checks.check(first)} />
      {more.length > 0 && ` · ${more.length} more ${more.length === 1 ? 'account' : 'accounts'}`}
    </>
  )
}

function CheckWords({ check, onAgain }: { check: Check | undefined; onAgain: () => void }) {
  const now = useNow()
  if (check === undefined || check.kind === 'checking') return <> · checking the token…</>
  if (check.kind === 'person') return <> · token checked {ago(check.at, now)}</>
  return (
    <>
      {' · '}
      <span className={isOffline(check.failure) ? undefined : 'wrong'}>
        <Said text={check.failure.message} />
      </span>{' '}
      <button type="button" className="link" onClick={onAgain}>
        Check again
      </button>
    </>
  )
}
