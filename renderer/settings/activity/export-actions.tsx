import { useState } from 'react'
import type { ActivityCheck, ActivityFilter } from '../../../shared/protocol/activity-methods.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PathText } from '../../ui/path-text.tsx'
import { Failure } from '../shell/failure.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { useAction } from '../shell/use-action.ts'
import { count } from '../words/count-words.ts'
import { CheckResult } from './check-result.tsx'
import { VerifyProgress } from './verify-progress.tsx'

type ExportActionsProps = {
  filter: ActivityFilter
  /** Only some of it is listed, and so only some of it is exported. */
  isNarrowed: boolean
}

/** What can be done with the log as a whole: verify it, and take it elsewhere. */
export function ExportActions({ filter, isNarrowed }: ExportActionsProps) {
  const { remote, homeDirectory } = useSurroundings()
  const [checked, setChecked] = useState<ActivityCheck>()
  const [saved, setSaved] = useState<{ path: string; entries: number }>()
  const verify = useAction(async () => {
    setChecked(undefined)
    setChecked(await remote.verifyActivity({}))
  })
  const save = useAction(async (format: 'csv' | 'json') => {
    setSaved(undefined)
    const exported = await remote.exportActivity({ format, filter })
    if (exported.kind === 'saved') setSaved(exported)
  })
  const what = isNarrowed ? 'Export what is listed' : 'Export'
  return (
    <>
      <div className="toolbar">
        <ActionButton isBusy={verify.isBusy} onClick={() => verify.run()}>
          Verify
        </ActionButton>
        <ActionButton isBusy={save.isBusy} onClick={() => save.run('csv')}>
          {what} as CSV…
        </ActionButton>
        <ActionButton isBusy={save.isBusy} onClick={() => save.run('json')}>
          {what} as JSON…
        </ActionButton>
      </div>
      {verify.isBusy && <VerifyProgress />}
      {verify.failure !== undefined && (
        <Failure failure={verify.failure} title="The log was not verified." again={() => verify.run()} />
      )}
      {checked !== undefined && <CheckResult check={checked} />}
      {save.failure !== undefined && (
        <Failure failure={save.failure} title="Nothing was exported." close={save.clear} />
      )}
      {saved !== undefined && (
        <Notice tone="ok" title={`${count(saved.entries, 'entry', 'entries')} exported.`}>
          <PathText path={saved.path} home={homeDirectory} />
        </Notice>
      )}
    </>
  )
}
