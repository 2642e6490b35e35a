import type { AuditEntry } from '../../../shared/audit/entry.ts'

/** How many entries to ask for so that a few calls are among them. */
export const RECENT_ASKED = 40

const SHOWN = 5

/** The last few things that happened: a post has entries for what was decided too, which would tell it three times. */
export function recent(entries: readonly AuditEntry[]): AuditEntry[] {
  return entries.filter(({ kind }) => kind !== 'decision').slice(0, SHOWN)
}
