import type { Approval } from '../../../shared/approvals/approval.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { Chip } from '../../ui/chip.tsx'
import { Name } from '../../ui/name.tsx'
import { audienceWords } from './audience-words.ts'
import './request-facts.css'

/** Where it goes, as whom, and what it answers. */
export function RequestFacts({ approval: { asker, subject } }: { approval: Approval }) {
  const { team, place, author, server, replyTo, root } = subject
  return (
    <dl className="request-facts">
      <dt>To</dt>
      <dd>
        <b>
          {team !== undefined && (
            <>
              <Name text={team} max={60} /> ›{' '}
            </>
          )}
          <Name text={place} max={100} />
        </b>{' '}
        <Chip tone="plain">{audienceWords(subject)}</Chip>
      </dd>
      <dt>As</dt>
      <dd>
        <b>
          <Name text={author} />
        </b>{' '}
        on <Name text={server} max={500} />{' '}
        <span className="faint">
          · account <Name text={asker.account} max={60} />
        </span>
      </dd>
      {root !== undefined && (
        <>
          <dt>Reply</dt>
          <dd className="muted">
            {replyTo === undefined ? (
              'in a thread'
            ) : (
              <>
                to <bdi>{cleanLine(replyTo)}</bdi>
              </>
            )}
          </dd>
        </>
      )}
    </dl>
  )
}
