import { useState } from 'react'
import type { KnownClient } from '../../../shared/protocol/client-methods.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Name } from '../../ui/name.tsx'
import { PathText } from '../../ui/path-text.tsx'
import { Said } from '../../ui/said.tsx'
import { useIsShown, useSurroundings } from '../shell/remote-context.ts'
import { CLIENT_STATES } from './client-state-words.ts'
import { PlanModal } from './plan-modal.tsx'
import { SnippetModal } from './snippet-modal.tsx'

type Over = 'connect' | 'disconnect' | 'snippet'

/** A program: how it stands, and what can be done about it. Nothing is written before it was shown. */
export function KnownClientRow({ client }: { client: KnownClient }) {
  const { homeDirectory } = useSurroundings()
  const isShown = useIsShown()
  const [over, setOver] = useState<Over>()
  const { id, name, state, path, said } = client
  const { word, tone, connect, disconnect } = CLIENT_STATES[state]
  const close = () => setOver(undefined)
  return (
    <li className="row wide">
      <div className="row-main">
        <div className="row-words">
          <div>
            <b>
              <Name text={name} />
            </b>{' '}
            <Chip tone={tone}>{word}</Chip>
          </div>
          <PathText path={path} home={homeDirectory} />
          {said !== null && (
            <div className="muted">
              <Said text={said} />
            </div>
          )}
        </div>
      </div>
      <div className="row-end buttons">
        <ActionButton kind="quiet" onClick={() => setOver('snippet')}>
          Copy as text…
          <span className="unseen">
            {' '}
            for <Name text={name} />
          </span>
        </ActionButton>
        {disconnect !== undefined && (
          <ActionButton onClick={() => setOver('disconnect')}>
            {disconnect}
            <span className="unseen">
              {' '}
              <Name text={name} />
            </span>
          </ActionButton>
        )}
        {connect !== undefined && (
          <ActionButton onClick={() => setOver('connect')}>
            {connect}
            <span className="unseen">
              {' '}
              <Name text={name} />
            </span>
          </ActionButton>
        )}
      </div>
      {isShown && (over === 'connect' || over === 'disconnect') && (
        <PlanModal client={id} name={name} action={over} onClose={close} />
      )}
      {isShown && over === 'snippet' && <SnippetModal client={id} name={name} onClose={close} />}
    </li>
  )
}
