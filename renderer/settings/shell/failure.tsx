import { ActionButton } from '../../ui/action-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { CallFailed } from '../../ui/remote.ts'
import { Said } from '../../ui/said.tsx'
import { isOffline } from '../words/trouble.ts'

type FailureProps = {
  failure: CallFailed
  /** Said before the reason, e.g. `This could not be saved.` */
  title?: string
  again?: (() => void) | undefined
  /** Takes it off the screen, where trying again is done by the control that failed. */
  close?: () => void
}

/** What failed and why, and a way to try again. A server that is away is no fault. */
export function Failure({ failure, title, again, close }: FailureProps) {
  const offline = isOffline(failure)
  return (
    <Notice
      tone={offline ? 'offline' : 'warn'}
      title={title ?? (offline ? 'The server cannot be reached.' : 'This did not work.')}
      actions={
        again === undefined ? (
          close !== undefined && <ActionButton onClick={close}>Close</ActionButton>
        ) : (
          <ActionButton onClick={again}>Try again</ActionButton>
        )
      }
    >
      <Said text={failure.message} />
    </Notice>
  )
}
