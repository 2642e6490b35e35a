import { assertNever } from '../../../shared/assert-never.ts'
import type { Grant } from '../../../shared/policy/grant.ts'
import { clock } from './time-words.ts'

/** Until when a remembered approval holds. */
export function untilWhen(grant: Grant): string {
  switch (grant.span) {
    case 'session':
      return 'until the client disconnects'
    case '1h':
    case '8h':
      return `until ${clock(grant.expiresAt)}`
    case 'always':
      return 'until you revoke it'
    default:
      return assertNever(grant)
  }
}
