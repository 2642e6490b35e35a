import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Change, type Desk, EMPTY_DESK, textOf } from '../../../../renderer/approval/desk/desk.ts'
import { type News, onNews } from '../../../../renderer/approval/desk/desk-news.ts'
import { onWish, type Wish } from '../../../../renderer/approval/desk/desk-wishes.ts'
import type { Approval } from '../../../../shared/approvals/approval.ts'
import { makeApproval } from '../../../support/terminal/approvals.ts'

/* Whatever comes in whatever order: nothing is decided on that was not in front of the person, and read. */

const ids = ['a', 'b', 'c']
const id = fc.constantFrom(...ids)
const text = fc.constantFrom('Hello there', 'other', '@all', '   ', '')
const approvals = fc
  .subarray(ids)
  .map((chosen): Approval[] => chosen.map((each, index) => makeApproval({ id: each, askedAt: index })))

const news: fc.Arbitrary<News> = fc.oneof(
  approvals.map(list => ({ kind: 'queue' as const, approvals: list, more: 0 })),
  id.map(each => ({ kind: 'wanted' as const, id: each })),
  fc.nat(12).map(generation => ({ kind: 'drawn' as const, generation })),
  id.map(each => ({ kind: 'answered' as const, id: each, answered: { kind: 'done' as const } })),
  id.map(each => ({
    kind: 'answered' as const,
    id: each,
    answered: { kind: 'invalid' as const, why: 'no' },
  })),
  id.map(each => ({
    kind: 'answered' as const,
    id: each,
    answered: { kind: 'already-decided' as const, how: 'x' },
  })),
  id.map(each => ({ kind: 'not-answered' as const, id: each, why: 'no' })),
  id.map(each => ({ kind: 'decision' as const, id: each, how: undefined })),
  id.map(each => ({ kind: 'extended' as const, id: each, until: 5 })),
)
const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.constantFrom<Wish>(
    { kind: 'approve' },
    { kind: 'deny' },
    { kind: 'edit' },
    { kind: 'finish-edit' },
    { kind: 'undo-edit' },
    { kind: 'give-reason' },
    { kind: 'no-reason' },
    { kind: 'type-reason', text: 'because' },
    { kind: 'extend' },
    { kind: 'next' },
    { kind: 'later' },
    { kind: 'keep', keep: { span: 'always', reach: 'channel' } },
  ),
  text.map(each => ({ kind: 'type-text' as const, text: each })),
  text.map(each => ({ kind: 'saw-end' as const, text: each })),
)
type Event = { kind: 'news'; news: News } | { kind: 'wish'; wish: Wish }
const event: fc.Arbitrary<Event> = fc.oneof(
  news.map(each => ({ kind: 'news' as const, news: each })),
  wish.map(each => ({ kind: 'wish' as const, wish: each })),
)

function play(desk: Desk, event: Event): Change {
  return event.kind === 'news' ? onNews(desk, event.news) : onWish(desk, event.wish)
}

/** What may put another request in front of the person. */
function mayReplace(event: Event, before: Desk): boolean {
  if (before.shown === undefined) return true
  if (event.kind === 'wish') return event.wish.kind === 'next' && before.step.kind === 'gone'
  return (
    event.news.kind === 'wanted' || (event.news.kind === 'answered' && event.news.answered.kind === 'done')
  )
}

it('holds its promises whatever happens', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), events => {
      let desk = EMPTY_DESK
      for (const each of events) {
        const { desk: after, effects } = play(desk, each)
        if (!mayReplace(each, desk)) expect(after.shown?.approval.id).toBe(desk.shown?.approval.id)
        if (after.shown !== undefined && after.shown.approval.id === desk.shown?.approval.id)
          expect(after.shown.approval.subject).toEqual(desk.shown.approval.subject)
        for (const effect of effects) {
          if (effect.kind === 'answer') {
            expect(each).toMatchObject({ kind: 'wish' })
            expect(['reading', 'reason']).toContain(desk.step.kind === 'editing' ? 'reading' : desk.step.kind)
            expect(effect.id).toBe(desk.shown?.approval.id)
            if (effect.answer.kind === 'approve' && desk.shown !== undefined) {
              expect(desk.step.kind).not.toBe('editing')
              expect(desk.shown.sawEnd).toBe(true)
              expect(effect.answer.text ?? desk.shown.approval.subject.text).toBe(textOf(desk.shown))
              expect(textOf(desk.shown).trim()).not.toBe('')
              if (textOf(desk.shown).includes('@all')) expect(effect.answer.span).toBe('once')
            }
          }
          if (effect.kind === 'report') expect(effect.id).toBe(after.shown?.approval.id)
        }
        desk = after
      }
    }),
    { numRuns: 3_000 },
  )
})
