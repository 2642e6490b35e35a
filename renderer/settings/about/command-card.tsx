import { useState } from 'react'
import type { ShellCommand } from '../../../shared/protocol/install-methods.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Said } from '../../ui/said.tsx'
import { Answered } from '../shell/answered.tsx'
import { useIsShown } from '../shell/remote-context.ts'
import { useOnce } from '../shell/use-once.ts'
import { OutsideModal } from './outside-modal.tsx'

const STATES: Record<ShellCommand['state'], { tone: 'ok' | 'ask' | 'warn' | 'plain'; word: string }> = {
  ready: { tone: 'ok', word: 'on your PATH' },
  shadowed: { tone: 'ask', word: 'shadowed by another' },
  'off-path': { tone: 'ask', word: 'not on your PATH' },
  gone: { tone: 'warn', word: 'broken' },
  absent: { tone: 'plain', word: 'not there' },
}

/** Whether a terminal finds `kosmo`, and the way to have it found. Nothing is written before it was shown. */
export function CommandCard() {
  const isShown = useIsShown()
  const [over, setOver] = useState<'command' | 'no-command'>()
  const asked = useOnce(remote => remote.shellCommand({}))
  const close = () => {
    setOver(undefined)
    if (asked.kind !== 'waiting') asked.again()
  }
  return (
    <Card title="In your terminal">
      <Answered asked={asked} waiting="Asking your shell…">
        {({ state, said, canInstall, canRemove }) => (
          <div className="row wide">
            <div className="row-words">
              <div>
                <b className="mono">kosmo</b> <Chip tone={STATES[state].tone}>{STATES[state].word}</Chip>
              </div>
              <div className="muted">
                <Said text={said} />
              </div>
            </div>
            <div className="row-end buttons">
              {canInstall && (
                <ActionButton onClick={() => setOver('command')}>Put kosmo on the PATH…</ActionButton>
              )}
              {canRemove && (
                <ActionButton kind="quiet" onClick={() => setOver('no-command')}>
                  Take it off the PATH…
                </ActionButton>
              )}
            </div>
          </div>
        )}
      </Answered>
      {isShown && over !== undefined && <OutsideModal action={over} onClose={close} />}
    </Card>
  )
}
