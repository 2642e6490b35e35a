import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../shared/audit/entry.ts'
import { isBefore, matchesFilter } from '../../../shared/audit/filter.ts'

const at = Date.UTC(2026, 0, 5)
const entry: AuditEntry = {
  seq: 1,
  at: new Date(at).toISOString(),
  kind: 'call',
  client: 'Codex',
  outcome: 'ok',
  prev: '',
  hash: '',
}

describe('matchesFilter', () => {
  it.each([
    [{}, true],
    [{ client: 'codex' }, true],
    [{ client: 'codex', outcome: 'ok' }, true],
    [{ client: 'codex', outcome: 'denied' }, false],
    [{ client: 'code' }, false],
    [{ decision: 'approved' }, false],
    [{ since: at }, true],
    [{ since: at + 1 }, false],
  ])('%j: %s', (filter, wanted) => expect(matchesFilter(entry, filter)).toBe(wanted))

  it('does not take a time that is none for a late one', () => {
    expect(matchesFilter({ ...entry, at: 'unknown' }, { since: 0 })).toBe(false)
  })
})

describe('isBefore', () => {
  it('allows for a clock that was set back', () => {
    expect(isBefore(entry, { since: at + 3_600_000 })).toBe(false)
    expect(isBefore(entry, { since: at + 2 * 86_400_000 })).toBe(true)
    expect(isBefore(entry, {})).toBe(false)
  })
})
