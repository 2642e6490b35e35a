import type { Updates } from '../../../shared/protocol/update-methods.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Said } from '../../ui/said.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { ago } from '../words/time-words.ts'
import { ReadyUpdate } from './ready-update.tsx'
import { UpdateNotes } from './update-notes.tsx'

/** How it stands with a newer version, and the next step. */
export function UpdateView({ updates, look }: { updates: Updates; look: () => void }) {
  const { remote } = useSurroundings()
  const now = useNow()
  const download = useAction(() => remote.downloadUpdate({}))
  const { state } = updates
  const refused = download.failure !== undefined && (
    <Failure failure={download.failure} title="Nothing was downloaded." close={download.clear} />
  )
  switch (state.kind) {
    case 'elsewhere':
      return <Said text={state.how} />
    case 'idle':
      return <p className="muted">Nobody has looked for a newer version yet.</p>
    case 'looking':
      return <Waiting what="Looking for a newer version…" />
    case 'newest':
      return <p role="status">This is the newest version · looked {ago(state.at, now)}</p>
    case 'found':
      return (
        <>
          <Notice
            tone="info"
            title={`Version ${state.version} is there`}
            actions={
              <ActionButton kind="primary" isBusy={download.isBusy} onClick={() => download.run()}>
                Download
              </ActionButton>
            }
          />
          <UpdateNotes update={state} />
          {refused}
        </>
      )
    case 'downloading':
      return (
        <>
          <label className="download">
            Downloading version {state.version} · {state.percent} %
            <progress max={100} value={state.percent} />
          </label>
          <UpdateNotes update={state} />
        </>
      )
    case 'ready':
      return <ReadyUpdate updates={updates} update={state} />
    case 'installing':
      return <Waiting what={`Installing version ${state.version}. KosmoKrator starts again by itself…`} />
    case 'failed': {
      const again = state.found === null ? look : () => void download.run()
      return (
        <>
          <Notice tone="warn" actions={<ActionButton onClick={again}>Try again</ActionButton>}>
            <Said text={state.why} />
          </Notice>
          {refused}
        </>
      )
    }
  }
}
