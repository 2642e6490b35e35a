import { describe, expect, it } from 'vitest'
import { type Desk, EMPTY_DESK } from '../../../../renderer/approval/desk/desk.ts'
import { onNews } from '../../../../renderer/approval/desk/desk-news.ts'
import { onWish, type Wish } from '../../../../renderer/approval/desk/desk-wishes.ts'
import type { WriteSubject } from '../../../../shared/approvals/write-subject.ts'
import { makeApproval } from '../../../support/terminal/approvals.ts'

function reading(subject: Partial<WriteSubject> = {}): Desk {
  return onNews(EMPTY_DESK, { kind: 'queue', approvals: [makeApproval({}, subject)], more: 0 }).desk
}

function wishes(desk: Desk, ...list: Wish[]): ReturnType<typeof onWish> {
  return list.reduce((before, wish) => onWish(before.desk, wish), { desk, effects: [] } as ReturnType<
    typeof onWish
  >)
}

const sawEnd: Wish = { kind: 'saw-end', text: 'Hello there' }
const approve: Wish = { kind: 'approve' }

describe('approving', () => {
  it('says to read to the end first, and shows more', () => {
    const { desk, effects } = wishes(reading(), approve)
    expect(effects).toEqual([{ kind: 'show-more' }])
    expect(desk.notice?.text).toMatch(/^Read to the end first/)
  })

  it('sends just what was shown, once', () => {
    const { desk, effects } = wishes(reading(), sawEnd, approve)
    expect(effects).toEqual([
      { kind: 'answer', id: 'ap1', answer: { kind: 'approve', span: 'once', reach: 'channel' } },
    ])
    expect(onWish(desk, approve).effects).toEqual([])
    expect(onWish(desk, { kind: 'deny' }).effects).toEqual([])
  })

  it('takes no end of another text', () => {
    expect(wishes(reading(), { kind: 'saw-end', text: 'other' }, approve).effects).toEqual([
      { kind: 'show-more' },
    ])
  })

  it.each([
    ['1h', 'channel'],
    ['always', 'all'],
    ['session', 'channel'],
    ['8h', 'channel'],
  ] as const)('remembers for %s in %s', (span, reach) => {
    const { effects } = wishes(reading(), sawEnd, { kind: 'keep', keep: { span, reach } }, approve)
    expect(effects).toMatchObject([{ answer: { span, reach } }])
  })

  it.each([
    ['notifies everybody', { wideMentions: ['all'] }],
    ['goes to somebody without a channel yet', { channel: '@abc' }],
  ])('remembers nothing of a post that %s', (_, subject) => {
    const { effects } = wishes(
      reading(subject),
      sawEnd,
      { kind: 'keep', keep: { span: 'always', reach: 'all' } },
      approve,
    )
    expect(effects).toMatchObject([{ answer: { span: 'once', reach: 'channel' } }])
  })
})

describe('editing', () => {
  const edited = (text: string): Wish[] => [
    { kind: 'edit' },
    { kind: 'type-text', text },
    { kind: 'finish-edit' },
  ]

  it('sends the change, once that is read to its end', () => {
    const changed = wishes(reading(), sawEnd, ...edited('mine'))
    expect(onWish(changed.desk, approve).effects).toEqual([{ kind: 'show-more' }])
    expect(wishes(changed.desk, { kind: 'saw-end', text: 'mine' }, approve).effects).toMatchObject([
      { answer: { kind: 'approve', text: 'mine' } },
    ])
  })

  it('is no change where the text is as it was', () => {
    const { effects } = wishes(reading(), sawEnd, ...edited('Hello there'), sawEnd, approve)
    expect(effects).toMatchObject([{ kind: 'answer', answer: { kind: 'approve' } }])
    expect(effects).not.toMatchObject([{ answer: { text: expect.anything() } }])
  })

  it('remembers nothing where the change notifies everybody', () => {
    const { effects } = wishes(
      reading(),
      { kind: 'keep', keep: { span: 'always', reach: 'channel' } },
      ...edited('@here now'),
      { kind: 'saw-end', text: '@here now' },
      approve,
    )
    expect(effects).toMatchObject([{ answer: { text: '@here now', span: 'once' } }])
  })

  it.each([
    ['', /empty/],
    [' \u200b\n', /empty/],
    ['x'.repeat(65_537), /too long/],
  ])('%# cannot be posted, and is kept', (text, why) => {
    const { desk, effects } = wishes(reading(), ...edited(text), { kind: 'saw-end', text }, approve)
    expect(effects).toEqual([])
    expect(desk.notice?.text).toMatch(why)
    expect(desk.shown?.draft).toBe(text)
  })

  it('approves nothing while it goes on, and can be undone', () => {
    const editing = wishes(reading(), sawEnd, { kind: 'edit' }, { kind: 'type-text', text: 'mine' })
    expect(onWish(editing.desk, approve).effects).toEqual([])
    expect(onWish(editing.desk, { kind: 'undo-edit' }).desk).toMatchObject({
      step: { kind: 'reading' },
      shown: { draft: undefined },
    })
  })
})

describe('denying', () => {
  it('needs no reading and takes a reason', () => {
    expect(wishes(reading(), { kind: 'deny' }).effects).toEqual([
      { kind: 'answer', id: 'ap1', answer: { kind: 'deny' } },
    ])
    const reason: Wish[] = [
      { kind: 'give-reason' },
      { kind: 'type-reason', text: ' not\nyet ' },
      { kind: 'deny' },
    ]
    expect(wishes(reading(), ...reason).effects).toMatchObject([
      { answer: { kind: 'deny', reason: 'not yet' } },
    ])
    expect(wishes(reading(), { kind: 'give-reason' }, { kind: 'deny' }).effects).toEqual([
      { kind: 'answer', id: 'ap1', answer: { kind: 'deny' } },
    ])
  })

  it('takes no more of a reason than the agent is told', () => {
    const { desk } = wishes(
      reading(),
      { kind: 'give-reason' },
      { kind: 'type-reason', text: '👩'.repeat(500) },
    )
    expect(desk.step).toEqual({ kind: 'reason', text: '👩'.repeat(300) })
  })
})

describe('later', () => {
  it('leaves what one is at first, and decides nothing', () => {
    const editing = wishes(
      reading(),
      { kind: 'edit' },
      { kind: 'type-text', text: 'mine' },
      { kind: 'later' },
    )
    expect(editing.desk).toMatchObject({ step: { kind: 'reading' }, shown: { draft: 'mine' } })
    expect(wishes(reading(), { kind: 'give-reason' }, { kind: 'later' }).desk.step).toEqual({
      kind: 'reading',
    })
    expect(wishes(reading(), { kind: 'later' }).effects).toEqual([{ kind: 'hide' }])
    expect(wishes(EMPTY_DESK, { kind: 'later' }).effects).toEqual([{ kind: 'hide' }])
  })
})
