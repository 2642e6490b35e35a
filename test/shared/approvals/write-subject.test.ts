import { describe, expect, it } from 'vitest'
import { type WriteSubject, writeSubjectSchema } from '../../../shared/approvals/write-subject.ts'

const subject: WriteSubject = {
  service: 'Mattermost',
  server: 'chat.example.test',
  author: '@alice',
  place: '~town-square',
  channel: 'c'.repeat(26),
  kind: 'public',
  audience: 'Town Square, public',
  text: 'hello',
  wideMentions: [],
}
const full: WriteSubject = {
  ...subject,
  team: 'eng',
  members: 42,
  root: 'r'.repeat(26),
  replyTo: '@bob: why?',
  wideMentions: ['all'],
  notified: { people: 42, upTo: false },
}

describe('writeSubjectSchema', () => {
  it('takes the least and the most that there is to say, as it stands', () => {
    for (const one of [subject, full]) expect(writeSubjectSchema.parse(one)).toEqual(one)
  })

  it('takes a text of 65,536 characters and none longer', () => {
    expect(writeSubjectSchema.safeParse({ ...subject, text: 'x'.repeat(65_536) }).success).toBe(true)
    expect(writeSubjectSchema.safeParse({ ...subject, text: 'x'.repeat(65_537) }).success).toBe(false)
  })

  it.each<[string, Record<string, unknown>]>([
    ['a field that it does not know', { approved: true }],
    ['no channel', { channel: undefined }],
    ['an empty channel', { channel: '' }],
    ['a kind of its own', { kind: 'secret' }],
    ['half a person', { members: 1.5 }],
    ['fewer than nobody', { notified: { people: -1, upTo: false } }],
    ['a name without end', { place: 'x'.repeat(401) }],
    ['a list without end', { wideMentions: Array(11).fill('all') }],
  ])('refuses %s', (_, more) => {
    expect(writeSubjectSchema.safeParse({ ...full, ...more }).success).toBe(false)
  })
})
