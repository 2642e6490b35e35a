import { Said } from '../../ui/said.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ago } from '../words/time-words.ts'
import { isOffline } from '../words/trouble.ts'
import type { Check } from './checks.ts'

/** What the server said of an account when it was asked last. */
export function CheckSaid({ check }: { check: Check | undefined }) {
  const now = useNow()
  return <div role="status">{check !== undefined && <Words check={check} now={now} />}</div>
}

function Words({ check, now }: { check: Check; now: number }) {
  switch (check.kind) {
    case 'checking':
      return <span className="muted">Asking the server…</span>
    case 'person':
      return <span className="right">Works · checked {ago(check.at, now)}</span>
    case 'failed':
      return (
        <span className={isOffline(check.failure) ? 'muted' : 'wrong'}>
          <Said text={check.failure.message} />
        </span>
      )
  }
}
