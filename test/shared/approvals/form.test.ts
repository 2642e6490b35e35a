import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { approvalForm, readFormAnswer } from '../../../shared/approvals/form.ts'
import type { WriteSubject } from '../../../shared/approvals/write-subject.ts'
import { visibleText } from '../../../shared/text/visible.ts'
import { hostileText } from '../../support/mcp/hostile-text.ts'

const subject: WriteSubject = {
  service: 'Mattermost',
  server: 'chat.example.test',
  author: '@alice',
  place: '~town-square',
  channel: 'c'.repeat(26),
  kind: 'public',
  audience: 'Town Square, team Engineering, public, 42 members',
  text: 'hello',
  wideMentions: [],
}

/** Rows of a message where a line holds 100 columns. */
function rowsOf(message: string): number {
  return message
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(Array.from(line).length / 100)), 0)
}

describe('approvalForm', () => {
  it('shows the whole text, line by line, behind marks that it cannot forge, or is not there', () => {
    const text = fc.oneof(
      hostileText,
      fc.array(hostileText).map(lines => lines.join('\n')),
    )
    fc.assert(
      fc.property(text, fc.string({ unit: 'binary' }), (text, place) => {
        const form = approvalForm({ ...subject, text, place })
        if (form === undefined) return
        const lines = form.message.split('\n')
        const start = lines.indexOf('The whole text:')
        expect(start).toBe(2)
        expect(lines.slice(start + 1)).toEqual(
          visibleText(text)
            .split('\n')
            .map(line => `> ${line}`),
        )
      }),
    )
  })

  it('has at most 12 rows as they are shown, whatever the parts', () => {
    const part = fc.oneof(hostileText, fc.string({ maxLength: 300 }))
    const text = fc.oneof(
      part,
      fc.array(fc.constantFrom('a', '\n', ' ', 'x'.repeat(60)), { maxLength: 120 }).map(all => all.join('')),
    )
    fc.assert(
      fc.property(text, part, part, fc.option(part, { nil: undefined }), (text, place, audience, replyTo) => {
        const form = approvalForm({
          ...subject,
          text,
          place,
          audience,
          ...(replyTo !== undefined && { replyTo }),
        })
        if (form !== undefined) expect(rowsOf(form.message)).toBeLessThanOrEqual(12)
      }),
    )
  })

  it.each([
    ['a tab, up to eight', '\t'.repeat(98)],
    ['a letter of double width, two', '日'.repeat(98)],
  ])('counts the columns that a character takes: %s', (_, line) => {
    // Seven lines of 98 characters are fourteen rows at least on a screen.
    expect(approvalForm({ ...subject, text: Array(7).fill(line).join('\n') })).toBeUndefined()
  })

  it.each([
    [9, true],
    [10, false],
  ])('takes a text of %d short lines: %s', (count, fits) => {
    const text = Array.from({ length: count }, (_, line) => `line ${line}`).join('\n')
    expect(approvalForm({ ...subject, text }) !== undefined).toBe(fits)
  })

  it('names a reply and wide mentions, and makes room for them', () => {
    const form = approvalForm({ ...subject, replyTo: '@bob: Can\nsomebody?', wideMentions: ['here', 'all'] })
    expect(form?.message.split('\n')).toEqual([
      'Post to ~town-square as @alice on chat.example.test?',
      'Town Square, team Engineering, public, 42 members',
      'In reply to @bob: Can somebody?',
      'Notifies everybody: @here, @all',
      'The whole text:',
      '> hello',
    ])
    const text = 'x\n'.repeat(8)
    expect(approvalForm({ ...subject, text })).toBeDefined()
    expect(approvalForm({ ...subject, text, wideMentions: ['all'] })).toBeUndefined()
  })

  it('asks for one required choice, of which the first is no', () => {
    expect(approvalForm(subject)?.requestedSchema).toMatchObject({
      properties: { decision: { enum: ['deny', 'once'], enumNames: ['Do not post', 'Post once'] } },
      required: ['decision'],
    })
  })
})

describe('readFormAnswer', () => {
  it('approves on exactly one answer', () => {
    const action = fc.oneof(fc.constantFrom('accept', 'decline', 'cancel', 'Accept', ''), fc.string())
    const content = fc.oneof(
      fc.record({
        decision: fc.oneof(fc.constantFrom('once', 'deny', 'Once', true, ['once']), fc.jsonValue()),
      }),
      fc.jsonValue({ maxDepth: 2 }),
    )
    const meta = fc.oneof(
      fc.constant(undefined),
      fc.record({ approvals_reviewer: fc.jsonValue() }),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(action, content, meta, fc.integer({ min: 0, max: 1_000 }), (action, content, meta, ms) => {
        const { kind } = readFormAnswer({ action, content, meta }, ms)
        const chose = content as { decision?: unknown } | null
        const once = typeof chose === 'object' && chose?.decision === 'once' && !Array.isArray(content)
        const byModel = typeof meta === 'object' && meta !== null && Object.hasOwn(meta, 'approvals_reviewer')
        expect(kind === 'approved').toBe(action === 'accept' && once && !byModel)
      }),
      { numRuns: 1_000 },
    )
  })

  it('does not find the choice in what an object inherits', () => {
    const content = Object.create({ decision: 'once' })
    expect(readFormAnswer({ action: 'accept', content }, 1_000)).toEqual({ kind: 'denied' })
  })

  it.each([
    ['accept', 1_000, 'denied'],
    ['accept', 1, 'denied'],
    ['decline', 1_000, 'denied'],
    ['decline', 150, 'denied'],
    ['decline', 149, 'unreachable'],
    ['cancel', 1_000, 'cancelled'],
    ['cancel', 149, 'unreachable'],
    ['anything', 1_000, 'denied'],
  ])('%s without a choice after %d ms is %s', (action, ms, kind) => {
    expect(readFormAnswer({ action, content: {} }, ms).kind).toBe(kind)
  })

  it('is not the person’s where the client names a reviewer', () => {
    const content = { decision: 'once' }
    const meta = { approvals_reviewer: 'guardian_subagent' }
    expect(readFormAnswer({ action: 'accept', content, meta }, 5_000).kind).toBe('unreachable')
  })
})
