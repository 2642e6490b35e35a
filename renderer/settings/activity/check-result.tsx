import type { ActivityCheck } from '../../../shared/protocol/activity-methods.ts'
import { Notice } from '../../ui/notice.tsx'
import { Said } from '../../ui/said.tsx'
import { count } from '../words/count-words.ts'

/** What verifying the log found. */
export function CheckResult({ check }: { check: ActivityCheck }) {
  if (check.kind === 'empty') return <Notice tone="info" title="There is nothing to verify yet." />
  const counted = `${count(check.entries, 'entry', 'entries')} in ${count(check.files, 'file')}`
  const notes = check.notes.map(note => (
    <div key={note}>
      <Said text={note} />
    </div>
  ))
  if (check.kind === 'intact') {
    return (
      <Notice tone="ok" title="The log is intact.">
        {counted}: none was altered, removed or put in.
        {notes}
      </Notice>
    )
  }
  return (
    <Notice tone="warn" title={`The log was changed (${counted}).`}>
      <ul className="plain-list">
        {check.problems.map(({ says }) => (
          <li key={says}>
            <Said text={says} />
          </li>
        ))}
      </ul>
      {check.more > 0 && <div>And {check.more} more.</div>}
      {notes}
    </Notice>
  )
}
