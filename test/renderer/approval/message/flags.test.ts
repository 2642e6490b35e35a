import { describe, expect, it } from 'vitest'
import { flagsOf } from '../../../../renderer/approval/message/flags.ts'
import type { WriteSubject } from '../../../../shared/approvals/write-subject.ts'
import { makeApproval } from '../../../support/terminal/approvals.ts'

function flags(subject: Partial<WriteSubject>, draft?: string): string[] {
  return flagsOf(makeApproval({}, subject).subject, draft).map(
    ({ tone, label, text }) => `${tone}: ${label} ${text}`,
  )
}

describe('flagsOf', () => {
  it('has nothing to say of a plain text', () => {
    expect(flags({ text: 'Hello there' })).toEqual([])
  })

  it.each([
    [
      { wideMentions: ['channel'], notified: { people: 42, upTo: false } },
      'ask: @channel notifies 42 people.',
    ],
    [
      { wideMentions: ['here'], notified: { people: 42, upTo: true } },
      'ask: @here notifies up to 42 people, those who are online.',
    ],
    [
      { wideMentions: ['all', 'here'], notified: { people: 1, upTo: false } },
      'ask: @all, @here notifies 1 person.',
    ],
    [{ wideMentions: ['all'] }, 'ask: @all notifies everybody in the channel.'],
  ])('%j', (subject, flag) => {
    expect(flags({ text: 'x', ...subject })).toEqual([flag])
  })

  it('names people', () => {
    expect(flags({ text: '@grace look' })).toEqual([
      'ask: @grace is notified, if that is a person or group here.',
    ])
    expect(flags({ text: '@a1 @b2 @c3 @d4 @e5 @f6 @g7' })).toEqual([
      'ask: 7 names @a1, @b2, @c3, @d4, @e5 and 2 more are notified, where they are people or groups here.',
    ])
  })

  it('puts what is wrong first and links last', () => {
    const text =
      'p\u0430ypal \u202eok [bank.com](https://evil.example/) ghp_0123456789abcdefghijklmnopqrstuvwxyzAB @grace ![](https://img.example/x.png)'
    expect(flags({ text, wideMentions: ['all'], notified: { people: 3, upTo: false } })).toEqual([
      'warn: Secret? Looks like a secret: GitHub token (ghp_…yzAB).',
      'warn: Link Shows bank.com but leads to evil.example.',
      'warn: Invisible Characters that do not show: U+202E bidi override.',
      'warn: Lookalike Letters that only look Latin: “p\u0430ypal”.',
      'ask: @all notifies 3 people.',
      'ask: @grace is notified, if that is a person or group here.',
      'plain: 2 links evil.example, img.example (an image that every reader fetches). The server will fetch a preview of them.',
    ])
  })

  it('never shows the secret itself', () => {
    expect(flags({ text: 'password=hunter2-and-more' }).join()).not.toContain('hunter2')
  })

  it('is about the text as it was changed', () => {
    const subject = {
      text: '@all',
      wideMentions: ['all'],
      notified: { people: 42, upTo: false },
      members: 42,
    }
    expect(flags(subject, 'quiet')).toEqual([])
    expect(flags({ text: 'quiet', members: 42 }, '@here now')).toEqual([
      'ask: @here notifies up to 42 people, those who are online.',
    ])
    expect(flags({ text: 'quiet' }, '@all')).toEqual(['ask: @all notifies everybody in the channel.'])
  })

  it('cuts what could fill the window', () => {
    const text = Array.from({ length: 40 }, (_, index) => `https://host${index}.example/`).join(' ')
    expect(flags({ text })).toEqual([expect.stringMatching(/^plain: Many links .* and 35 more\. /)])
    const host = `${'a'.repeat(60)}.${'b'.repeat(60)}.example`
    expect(flags({ text: `https://${host}/` })[0]).toContain(`…${host.slice(-59)}`)
  })
})
