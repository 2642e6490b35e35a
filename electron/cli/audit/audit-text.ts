import type { AuditEntry } from '../../../shared/audit/entry.ts'
import type { AuditCheck } from '../../../shared/audit/verify.ts'
import { cleanLine } from '../../../shared/text/clean.ts'

/** An entry for a person, on one line: time, client, function, target, decision and outcome, by whom, how long. */
export function entryLine(entry: AuditEntry): string {
  const { at, client, target, decision, outcome, by, ms } = entry
  const what = entry.function ?? entry.kind
  const result = [decision, outcome].filter(word => word !== undefined).join('/')
  const parts = [at, client, what, target, result === '' ? undefined : result]
  const end = [by === undefined ? undefined : `by ${by}`, ms === undefined ? undefined : `${ms} ms`]
  const all = [...parts.map(part => part ?? '-'), ...end.filter(part => part !== undefined)]
  return all.map(cleanLine).join('  ')
}

/** What verifying found, a line each. */
export function checkLines(check: AuditCheck, folder: string): string[] {
  if (check.kind === 'empty') return [`Nothing is recorded yet (${folder}).`].map(cleanLine)
  const counted = `${check.entries} entries in ${check.files} ${check.files === 1 ? 'file' : 'files'}`
  const notes = check.notes.map(note => `Note: ${note}.`)
  if (check.kind === 'intact')
    return [`The audit log is intact: ${counted} (${folder}).`, ...notes].map(cleanLine)
  const more = check.more === 0 ? [] : [`And ${check.more} more.`]
  const problems = check.problems.map(({ what, says }) => `${what}: ${says}.`)
  return [`The audit log was changed (${counted}, ${folder}):`, ...problems, ...more, ...notes].map(cleanLine)
}
