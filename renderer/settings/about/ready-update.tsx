import type { Updates } from '../../../shared/protocol/update-methods.ts'
import type { UpdateState } from '../../../shared/updates/update-state.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Said } from '../../ui/said.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { UpdateNotes } from './update-notes.tsx'

type ReadyUpdateProps = { updates: Updates; update: Extract<UpdateState, { kind: 'ready' }> }

/** A version that is on this computer: installed when the person says so, and when nothing is cut off by it. */
export function ReadyUpdate({ updates, update }: ReadyUpdateProps) {
  const { remote } = useSurroundings()
  const install = useAction((when: 'now' | 'quit' | 'never') => remote.installUpdate({ when }))
  const { held, canWaitForQuit } = updates
  return (
    <>
      <Notice
        tone={held === null ? 'ok' : 'ask'}
        title={`Version ${update.version} can be installed`}
        actions={
          <ActionButton
            kind="primary"
            isBusy={install.isBusy}
            isOff={held !== null}
            onClick={() => install.run('now')}
          >
            Restart and install
          </ActionButton>
        }
      >
        {held === null ? (
          'It was downloaded and checked. Agents that are connected lose their tools until they are started again.'
        ) : (
          <Said text={held} />
        )}
      </Notice>
      <UpdateNotes update={update} />
      {canWaitForQuit && (
        <Toggle
          title="Install it when I quit KosmoKrator"
          hint="Only if nothing waits for you then and nothing is being sent."
          isOn={update.atQuit}
          onToggle={isOn => install.run(isOn ? 'quit' : 'never')}
        />
      )}
      {install.failure !== undefined && (
        <Failure failure={install.failure} title="It was not installed." close={install.clear} />
      )}
    </>
  )
}
