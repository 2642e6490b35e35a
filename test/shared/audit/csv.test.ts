import { describe, expect, it } from 'vitest'
import { CSV_HEADER, csvLine } from '../../../shared/audit/csv.ts'
import type { AuditEntry } from '../../../shared/audit/entry.ts'

const entry: AuditEntry = { seq: 1, at: 'T', kind: 'call', prev: 'p', hash: 'h' }
const cells = (more: Partial<AuditEntry>) => csvLine({ ...entry, ...more })

describe('csv', () => {
  it('has a line of names and one a line, ended as RFC 4180 has it', () => {
    expect(CSV_HEADER).toMatch(/^seq,at,kind,client,.*,prev,hash\r\n$/)
    expect(cells({ client: 'codex', ms: 12 })).toBe('1,T,call,codex,,,,,,,,,12,,,,p,h\r\n')
    expect(cells({}).split(',')).toHaveLength(CSV_HEADER.split(',').length)
  })

  it('quotes commas and quotes, and keeps an entry on its line', () => {
    expect(cells({ target: 'a, "b"', text: 'one\r\ntwo' })).toContain(',"a, ""b""",')
    expect(cells({ text: 'one\r\ntwo' })).toContain(',one two,')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' \r\n=1', '\u200b=1', '＝1'])(
    'lets no spreadsheet take it for a formula: %j',
    client => expect(cells({ client })).toMatch(/^1,T,call,'[=+\-@＝]/),
  )

  it('neutralises inside quotes as well', () => {
    expect(cells({ client: '=HYPERLINK("x","y")' })).toContain(`,"'=HYPERLINK(""x"",""y"")",`)
  })
})
