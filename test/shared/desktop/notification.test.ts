import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WriteSubject } from '../../../shared/approvals/write-subject.ts'
import { notificationFor, notificationForMany } from '../../../shared/desktop/notification.ts'
import { hostileText, unseenIn } from '../../support/mcp/hostile-text.ts'
import { makeApproval } from '../../support/terminal/approvals.ts'

const AROUND = { takesMarkup: false, hasSeveralAccounts: false }

function plan(subject: Partial<WriteSubject>, around = AROUND, asker = {}) {
  const approval = makeApproval({}, { place: '~release-train', team: 'Platform', ...subject })
  return notificationFor({ ...approval, asker: { ...approval.asker, ...asker } }, around)
}

it('says who and where, and what', () => {
  expect(
    plan({ text: 'Release 1.2 is out.\nNotes: https://example.org/notes' }, AROUND, {
      client: 'codex-mcp-client',
    }),
  ).toEqual({
    title: 'Codex → ~release-train · Platform',
    body: 'Release 1.2 is out.\nNotes: https://example.org/notes',
    buttons: ['approve', 'review', 'deny'],
    isWhole: true,
  })
})

describe('has no Approve where something is to be looked at that it does not show', () => {
  it.each<[string, Partial<WriteSubject>]>([
    ['a text that is too long', { text: 'word '.repeat(60) }],
    ['a text of too many bytes', { text: 'ж'.repeat(111) }],
    ['a long line', { text: 'x'.repeat(111) }],
    ['many lines', { text: 'a\nb\nc\nd\ne' }],
    ['everybody is notified', { text: '@channel hello', wideMentions: ['channel'] }],
    ['a bidi override', { text: 'pay \u202e001 to' }],
    ['a zero-width space', { text: 'a\u200bb' }],
    ['a carriage return', { text: 'a\rb' }],
    ['a secret', { text: 'token ghp_0123456789abcdefABCDEF0123456789abcd' }],
    ['letters that look Latin', { text: 'log in at pаypal' }],
    ['a link that shows another host', { text: '[https://bank.example](https://evil.example)' }],
    ['an image', { text: '![x](https://evil.example/x.png)' }],
    ['a reply', { root: 'r'.repeat(26), text: 'yes' }],
    ['a place of a long name', { place: `group ${'alice, '.repeat(10)}` }],
    ['a team of a long name', { team: 'T'.repeat(31) }],
  ])('%s', (_, subject) => {
    const { buttons, isWhole } = plan(subject)
    expect(buttons).toEqual(['review', 'deny'])
    expect(isWhole).toBe(false)
  })

  it('several accounts', () => {
    expect(plan({ text: 'hello' }, { ...AROUND, hasSeveralAccounts: true }).buttons).toEqual([
      'review',
      'deny',
    ])
  })

  it.each(['a <b>c</b>', 'a &amp; b'])('what a notification may take for markup: %s', text => {
    expect(plan({ text }).buttons).toContain('approve')
    const marked = plan({ text }, { ...AROUND, takesMarkup: true })
    expect(marked.buttons).toEqual(['review', 'deny'])
    expect(marked.body).not.toMatch(/[<&]/)
  })
})

it('a hostile client cannot write the place', () => {
  expect(plan({}, AROUND, { client: 'Codex → ~lunch · Platform\n' }).title).toBe(
    'Codex lunch Platform → ~release-train · Platform',
  )
})

it('whatever the text: what can be approved is there to the last character, the rest is cleaned and short', () => {
  fc.assert(
    fc.property(
      fc.oneof(hostileText, fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ maxLength: 400 })),
      fc.boolean(),
      (text, takesMarkup) => {
        const { body, title, buttons, isWhole } = plan({ text }, { takesMarkup, hasSeveralAccounts: false })
        expect(buttons.includes('approve')).toBe(isWhole)
        if (isWhole) expect(body).toBe(text)
        expect(unseenIn(body)).toEqual([])
        expect(Array.from(body).length).toBeLessThanOrEqual(230)
        expect(title).not.toMatch(/\n/)
        if (takesMarkup) expect(body).not.toMatch(/[<&]/)
      },
    ),
  )
})

it('many are one, and lead to the window alone', () => {
  expect(notificationForMany(7)).toMatchObject({
    title: '7 posts wait for you',
    buttons: ['review'],
    isWhole: false,
  })
})
