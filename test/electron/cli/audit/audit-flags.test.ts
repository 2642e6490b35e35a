import { describe, expect, it } from 'vitest'
import { readAuditFlags } from '../../../../electron/cli/audit/audit-flags.ts'

const now = Date.UTC(2026, 0, 5)
const read = (...args: string[]) => readAuditFlags(args, now)

describe('the flags of kosmo audit', () => {
  it('lists the last 50 by default', () => {
    expect(read()).toMatchObject({ kind: 'list', limit: 50, format: 'text', follow: false })
  })

  it('reads words, time and form', () => {
    expect(read('--since=2h', '--client=codex', '--function=f', '--limit=3', '--csv', '--follow')).toEqual({
      kind: 'list',
      filter: {
        since: now - 7_200_000,
        client: 'codex',
        function: 'f',
        decision: undefined,
        outcome: undefined,
        account: undefined,
      },
      limit: 3,
      format: 'csv',
      follow: true,
    })
    expect(read('--verify', '--json')).toEqual({ kind: 'verify', json: true })
    expect(read('-h')).toEqual({ kind: 'help' })
  })

  it.each([
    [['--limit=0'], /--limit takes/],
    [['--limit=1e3'], /--limit takes/],
    [['--limit=9999999'], /--limit takes/],
    [['--since=yesterday'], /--since=yesterday is no time/],
    [['--since=2027-01-01'], /in the future/],
    [['--json', '--csv'], /exclude each other/],
    [['--verify', '--client=x'], /--verify goes with --json only/],
    [['--verify', '--follow'], /--verify goes with --json only/],
    [['--unknown'], /unknown/i],
    [['word'], /word/],
    [['--json=yes'], /json/],
  ])('%j is wrong usage', (args, message) => {
    expect(read(...args)).toEqual({ kind: 'usage-error', message: expect.stringMatching(message) })
  })
})
