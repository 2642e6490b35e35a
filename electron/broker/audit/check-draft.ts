import { type AuditDraft, auditDraft } from '../../../shared/audit/entry.ts'
import { KosmoError } from '../../../shared/errors.ts'

/**
 * A draft, cleaned and bounded. Checked one by one: a bad one must not keep out those that are written with it.
 *
 * @throws KosmoError `audit_failed`, with the names of the fields and never with what is in them
 */
export function checkDraft(draft: AuditDraft): AuditDraft {
  const checked = auditDraft.safeParse(draft)
  if (checked.success) return checked.data
  const fields = checked.error.issues.map(({ path }) => path.join('.')).join(', ')
  throw new KosmoError(
    'audit_failed',
    `An entry for the audit log was not made as one has to be (${fields}), so it is not in it: a fault of KosmoKrator's own. Report it, please.`,
  )
}
