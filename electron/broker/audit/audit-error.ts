import { KosmoError } from '../../../shared/errors.ts'
import { codeOf } from '../fault-code.ts'

/** What to tell where the log cannot be used: nothing is done that could not be recorded. */
export function auditFault(path: string, error: unknown): KosmoError {
  if (error instanceof KosmoError) return error
  const code = codeOf(error) ?? (error instanceof Error ? error.message : 'unknown fault')
  return new KosmoError(
    'audit_failed',
    `The audit log cannot be used (${code} at ${path}), and what cannot be recorded is not done. Make room on the disk and the folder readable and writable, or set KOSMO_HOME to one that is.`,
  )
}
