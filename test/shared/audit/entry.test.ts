import { describe, expect, it } from 'vitest'
import { auditDraft, readEntry } from '../../../shared/audit/entry.ts'

const whole = { seq: 1, at: '2026-01-05T09:00:00.000Z', kind: 'call', prev: 'p', hash: 'h' }

describe('an audit entry', () => {
  it('is read back, without what it does not know', () => {
    expect(readEntry(JSON.stringify({ ...whole, ms: 3, later: true }))).toEqual({ ...whole, ms: 3 })
  })

  it.each(['', '{', '[]', JSON.stringify({ ...whole, seq: 0 }), JSON.stringify({ ...whole, kind: 'other' })])(
    'is none: %s',
    text => expect(readEntry(text)).toBeUndefined(),
  )

  it('is cleaned when read: somebody else may have written it', () => {
    expect(readEntry(JSON.stringify({ ...whole, at: 'now\u001b[2J', by: 'a\n\u202eb' }))).toMatchObject({
      at: 'now[2J',
      by: 'a b',
    })
  })

  it('keeps the lines of a message and bounds it; everything else is one line', () => {
    const draft = auditDraft.parse({
      kind: 'decision',
      text: 'a\nb',
      target: 'a\nb',
      decision: 'x'.repeat(99),
    })
    expect(draft).toEqual({ kind: 'decision', text: 'a\nb', target: 'a b', decision: `${'x'.repeat(59)}…` })
    expect(auditDraft.parse({ kind: 'call', text: '👍'.repeat(30_000) }).text?.length).toBe(19_999 * 2 + 1)
  })

  it('rounds times and sizes', () => {
    expect(auditDraft.parse({ kind: 'call', ms: 1.6, characters: -1 })).toMatchObject({
      ms: 2,
      characters: 0,
    })
  })
})
