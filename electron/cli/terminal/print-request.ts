import type { Approval } from '../../../shared/approvals/approval.ts'
import { timeLeft } from '../../../shared/approvals/time-left.ts'
import type { CliIo } from './io.ts'
import { printRows } from './print.ts'
import { clean, requestRows } from './request-rows.ts'
import { row } from './rows.ts'

/** Prints one request with its whole text. */
export function printRequest(io: CliIo, approval: Approval): void {
  const width = Math.max(40, (io.stdout.columns ?? 100) - 1)
  printRows(io, [
    row(`Request ${clean(approval.id)}, time left ${timeLeft(approval.expiresAt, io.now())}`, 'strong'),
    ...requestRows(approval, undefined, width),
    row(''),
  ])
}
