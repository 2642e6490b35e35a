import type { ClientPlan } from '../../../shared/protocol/client-methods.ts'
import { DiffLines } from '../../ui/diff-lines.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PathText } from '../../ui/path-text.tsx'
import { Said } from '../../ui/said.tsx'
import { Steps } from './steps.tsx'

type Plan = Extract<ClientPlan, { kind: 'plan' }>

/** The change to a program's file, line by line, and what to know before. */
export function PlanView({ plan, home }: { plan: Plan; home: string }) {
  const { path, lines, warnings, steps } = plan
  return (
    <>
      {warnings.map(warning => (
        <Notice key={warning} tone="ask">
          <Said text={warning} />
        </Notice>
      ))}
      <p>
        These lines of <PathText path={path} home={home} /> change, and nothing else. A copy of the file is
        kept before.
      </p>
      <DiffLines lines={lines} label="What changes in the file" />
      {steps.length > 0 && <Steps title="Afterwards, by hand" steps={steps} />}
    </>
  )
}
