import { POLICY_NAMES } from '../../../shared/desktop/policy-names.ts'
import type { ClientView } from '../../../shared/protocol/surface-methods.ts'
import { Name } from '../../ui/name.tsx'
import { useNow } from '../../ui/use-now.ts'
import { count } from '../words/count-words.ts'
import { ago, exact } from '../words/time-words.ts'

/** The sessions of a client, for whoever wants to know which process it is. */
export function SessionDetails({ sessions }: { sessions: readonly ClientView[] }) {
  const now = useNow()
  return (
    <details className="more row-more">
      <summary>{count(sessions.length, 'session')}</summary>
      <ul className="plain-list">
        {sessions.map(({ session, client, version, account, pid, connectedAt, calls, request }) => (
          <li key={session}>
            <Name text={`${client} ${version}`} /> · account <Name text={account} max={64} /> · process {pid}{' '}
            · since <time title={exact(connectedAt)}>{ago(connectedAt, now)}</time> · {count(calls, 'call')} ·
            its configuration says {POLICY_NAMES[request]}
          </li>
        ))}
      </ul>
    </details>
  )
}
