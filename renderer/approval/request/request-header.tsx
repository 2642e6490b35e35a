import { useContext, useEffect, useRef, useState } from 'react'
import type { Approval } from '../../../shared/approvals/approval.ts'
import { timeLeft } from '../../../shared/approvals/time-left.ts'
import { clientLabel, folderLabel } from '../../../shared/desktop/labels.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { ellipsis } from '../../../shared/text/shorten.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Announcer } from '../../ui/announcer.tsx'
import { TimeRing } from '../../ui/time-ring.tsx'
import { WishContext } from '../wish-context.ts'
import { askedAgo, canExtend, shareLeft, spokenTimeLeft, timeToSay } from './time-words.ts'
import './request-header.css'

const SECOND = 1_000
const SHORT_MS = 60 * SECOND

/** Who asks, from where, since when, and how long there is for an answer. */
export function RequestHeader({
  approval,
  home,
  isOpen,
}: {
  approval: Approval
  home: string
  isOpen: boolean
}) {
  const wish = useContext(WishContext)
  const now = useSeconds()
  const { asker, subject, askedAt, expiresAt } = approval
  const version = ellipsis(cleanLine(asker.version), 30)
  return (
    <header className="request-header">
      <div className="glyph" aria-hidden="true">
        K
      </div>
      <div className="request-title">
        <h1>
          <bdi>{clientLabel(asker.client)}</bdi> wants to{' '}
          {subject.root === undefined ? 'post a message' : 'post a reply'}
        </h1>
        <p className="muted">
          {version !== '' && <bdi>{/^\d/.test(version) ? `v${version}` : version}</bdi>} in{' '}
          <bdi className="mono" title={cleanLine(asker.workspace)}>
            {folderLabel(asker.workspace, home)}
          </bdi>{' '}
          · asked {askedAgo(askedAt, now)}
        </p>
      </div>
      <ActionButton
        kind="quiet"
        isOff={!isOpen || !canExtend(expiresAt, now)}
        onClick={() => wish({ kind: 'extend' })}
      >
        Extend
      </ActionButton>
      <TimeRing
        share={shareLeft(approval, now)}
        words={timeLeft(expiresAt, now)}
        spoken={spokenTimeLeft(expiresAt, now)}
        isShort={expiresAt - now <= SHORT_MS}
      />
      <TimeAnnouncer expiresAt={expiresAt} now={now} />
    </header>
  )
}

/** Speaks of time only when little is left. */
function TimeAnnouncer({ expiresAt, now }: { expiresAt: number; now: number }) {
  const seconds = Math.ceil((expiresAt - now) / SECOND)
  const before = useRef(seconds)
  const [words, setWords] = useState('')
  useEffect(() => {
    const said = timeToSay(before.current, seconds)
    if (said !== undefined) setWords(said)
    before.current = seconds
  }, [seconds])
  return <Announcer words={words} />
}

function useSeconds(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND)
    return () => clearInterval(timer)
  }, [])
  return now
}
