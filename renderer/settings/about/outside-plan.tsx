import type { OutsideApplied, OutsideView } from '../../../shared/protocol/install-methods.ts'
import { DiffLines } from '../../ui/diff-lines.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PathText } from '../../ui/path-text.tsx'
import { Said } from '../../ui/said.tsx'

/** What would change, part by part, and what to know before. */
export function OutsidePlan({ plan, home }: { plan: OutsideView; home: string }) {
  switch (plan.kind) {
    case 'refused':
      return (
        <Notice tone="warn" title="This cannot be done by itself.">
          <Said text={plan.why} />
        </Notice>
      )
    case 'nothing':
      return (
        <>
          <Notice tone="ok" title="There is nothing to change.">
            <Said text={plan.said} />
          </Notice>
          <Notes notes={plan.notes} />
        </>
      )
    case 'plan':
      return (
        <>
          <Notes notes={plan.notes} />
          {plan.parts.map(part => (
            <Part key={`${part.title} ${part.path} ${part.stays}`} part={part} home={home} />
          ))}
        </>
      )
  }
}

/** What came of it. */
export function OutsideDone({ applied }: { applied: OutsideApplied }) {
  const { done, failed } = applied
  return (
    <>
      {failed.map(why => (
        <Notice key={why} tone="warn" title="This stays.">
          <Said text={why} />
        </Notice>
      ))}
      {done.length > 0 && (
        <Notice tone="ok" title="Done.">
          {done.map(each => (
            <div key={each}>
              <Said text={each} />
            </div>
          ))}
        </Notice>
      )}
    </>
  )
}

type PlanPart = Extract<OutsideView, { kind: 'plan' }>['parts'][number]

function Part({ part, home }: { part: PlanPart; home: string }) {
  const { title, path, lines, stays } = part
  return (
    <div>
      <p>
        <b>
          <Said text={title} />
        </b>{' '}
        {path !== '' && <PathText path={path} home={home} />}
      </p>
      {lines.length > 0 && <DiffLines lines={lines} label={`What changes: ${title}`} />}
      {stays !== null && (
        <Notice tone="warn" title="This stays.">
          <Said text={stays} />
        </Notice>
      )}
    </div>
  )
}

function Notes({ notes }: { notes: readonly string[] }) {
  return notes.map(note => (
    <Notice key={note} tone="ask">
      <Said text={note} />
    </Notice>
  ))
}
