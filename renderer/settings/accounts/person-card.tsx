import type { PersonView } from '../../../shared/protocol/account-methods.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Name } from '../../ui/name.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Said } from '../../ui/said.tsx'
import { serverLabel } from './server-label.ts'

const TEAMS_SHOWN = 6

/** Whose account it is, by the server's word. */
export function PersonCard({ person }: { person: PersonView }) {
  const { user, name, avatar, server, teams, warnings } = person
  const more = teams.length - TEAMS_SHOWN
  return (
    <>
      <div className="person" role="status">
        <Avatar picture={avatar} name={name ?? user} />
        <div className="person-words">
          <div>
            <b>
              <Name text={name ?? user} />
            </b>
            {name !== null && (
              <>
                {' '}
                <span className="muted">
                  <Name text={user} />
                </span>
              </>
            )}
          </div>
          <div className="muted">
            on <Name text={serverLabel(server)} />
            {teams.length > 0 && <> · {teams.length === 1 ? 'team' : 'teams'} </>}
            {teams.slice(0, TEAMS_SHOWN).map((team, index) => (
              <span key={team}>
                {index > 0 && ', '}
                <Name text={team} max={40} />
              </span>
            ))}
            {more > 0 && ` and ${more} more`}
          </div>
        </div>
      </div>
      {warnings.map(warning => (
        <Notice key={warning} tone="ask">
          <Said text={warning} />
        </Notice>
      ))}
    </>
  )
}
