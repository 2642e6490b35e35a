import { fullName } from '../../integrations/find-function.ts'
import { type CallEnd, failureLine } from './call-end.ts'
import type { FunctionCall } from './open-calls.ts'

/** What came of a call, in the keys that scripts know from the original. */
export function envelope(call: FunctionCall, end: CallEnd, dryRun: boolean, milliseconds: number) {
  const isDone = end.kind === 'done'
  return {
    function: fullName(call.function),
    success: isDone,
    data: isDone ? end.data : null,
    error: isDone ? null : end.kind === 'failed' ? failureLine(end) : end.message,
    meta: {
      dry_run: dryRun,
      operation: call.function.definition.access,
      // Nothing here bypasses a permission.
      permission_bypassed: false,
      account: call.account,
    },
    duration_ms: Math.round(milliseconds * 10) / 10,
  }
}
