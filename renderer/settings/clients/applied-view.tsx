import type { ClientApplied } from '../../../shared/protocol/client-methods.ts'
import { Notice } from '../../ui/notice.tsx'
import { PathText } from '../../ui/path-text.tsx'
import { Said } from '../../ui/said.tsx'
import { Steps } from './steps.tsx'

/** What came of writing to a program's file. */
export function AppliedView({ applied, home }: { applied: ClientApplied; home: string }) {
  if (applied.kind === 'rolled-back') {
    return (
      <Notice tone="warn" title="The file is as it was.">
        <Said text={applied.why} />
      </Notice>
    )
  }
  const { said, backup, steps } = applied
  return (
    <>
      <Notice tone="ok" title="Done.">
        <Said text={said} />
      </Notice>
      {backup !== null && (
        <p>
          The file as it was: <PathText path={backup} home={home} />
        </p>
      )}
      {steps.length > 0 && <Steps title="What is left to do" steps={steps} />}
    </>
  )
}
