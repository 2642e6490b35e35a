import { clientLabel } from '../../../shared/desktop/labels.ts'
import type { Grant } from '../../../shared/policy/grant.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Name } from '../../ui/name.tsx'
import { PathText } from '../../ui/path-text.tsx'
import { useNow } from '../../ui/use-now.ts'
import { serverLabel } from '../accounts/server-label.ts'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { count } from '../words/count-words.ts'
import { untilWhen } from '../words/grant-words.ts'
import { ago } from '../words/time-words.ts'

/** A remembered approval: for whom, where, until when, and how often it was used. */
export function GrantRow({ grant }: { grant: Grant }) {
  const { remote, homeDirectory } = useSurroundings()
  const now = useNow()
  const { id, client, workspace, account, server, channel, lastUsedAt, uses } = grant
  const revoke = useAction(() => remote.revokeGrants({ id }))
  return (
    <li className="row">
      <div className="row-main">
        <div className="row-words">
          <div>
            <Name text={clientLabel(client)} /> <span aria-hidden="true">→</span>
            <span className="unseen"> to </span>{' '}
            <b>{channel.kind === 'channel' ? <Name text={channel.name} /> : 'every channel'}</b>
          </div>
          <PathText path={workspace} home={homeDirectory} />
          <div className="faint">
            <Name text={account} max={64} /> on <Name text={serverLabel(server)} />
          </div>
        </div>
      </div>
      <div className="row-said muted">
        <div>{untilWhen(grant)}</div>
        <div>
          {lastUsedAt === undefined
            ? 'not used yet'
            : `used ${count(uses, 'time')}, last ${ago(lastUsedAt, now)}`}
        </div>
      </div>
      <div className="row-end">
        <ActionButton isBusy={revoke.isBusy} onClick={() => revoke.run()}>
          Revoke
          <span className="unseen">
            {' '}
            for <Name text={clientLabel(client)} /> in{' '}
            <Name text={channel.kind === 'channel' ? channel.name : 'every channel'} />
          </span>
        </ActionButton>
      </div>
      {revoke.failure !== undefined && (
        <Failure failure={revoke.failure} title="It was not revoked." again={() => revoke.run()} />
      )}
    </li>
  )
}
