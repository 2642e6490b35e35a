import { describe, expect, it } from 'vitest'
import { type Desk, EMPTY_DESK, othersWaiting } from '../../../../renderer/approval/desk/desk.ts'
import { type News, onNews } from '../../../../renderer/approval/desk/desk-news.ts'
import { onWish, type Wish } from '../../../../renderer/approval/desk/desk-wishes.ts'
import { makeApproval } from '../../../support/terminal/approvals.ts'

const one = makeApproval({ id: 'one', askedAt: 1 })
const two = makeApproval({ id: 'two', askedAt: 2 })

function deskAfter(...events: (News | Wish)[]): Desk {
  return events.reduce((desk, event) => step(desk, event).desk, EMPTY_DESK)
}

function step(desk: Desk, event: News | Wish) {
  return NEWS.has(event.kind) ? onNews(desk, event as News) : onWish(desk, event as Wish)
}

const NEWS = new Set<string>([
  'queue',
  'not-opened',
  'home',
  'wanted',
  'drawn',
  'answered',
  'not-answered',
  'decision',
  'extended',
  'said',
] satisfies News['kind'][])

const queue = (...approvals: (typeof one)[]): News => ({ kind: 'queue', approvals, more: 0 })
const sawEnd: Wish = { kind: 'saw-end', text: 'Hello there' }

describe('the queue', () => {
  it('shows the one that waits longest, and keeps it when older ones come', () => {
    expect(deskAfter(queue(two, one)).shown?.approval.id).toBe('one')
    expect(deskAfter(queue(two), queue(one, two)).shown?.approval.id).toBe('two')
  })

  it('counts those that are not here yet among those that wait', () => {
    const desk = deskAfter({ kind: 'queue', approvals: [one, two], more: 998 })
    expect(othersWaiting(desk)).toBe(999)
    const answered = onNews(desk, { kind: 'answered', id: 'one', answered: { kind: 'done' } }).desk
    expect(othersWaiting(answered)).toBe(998)
  })

  it('takes up how much time is left, but not another text under the same id', () => {
    const extended = { ...one, expiresAt: 900_000 }
    expect(deskAfter(queue(one), queue(extended)).shown?.approval.expiresAt).toBe(900_000)
    const other = makeApproval({ id: 'one', askedAt: 1 }, { text: 'other' })
    expect(deskAfter(queue(one), queue(other)).step).toMatchObject({ kind: 'gone' })
    const otherAsker = { ...one, asker: { ...one.asker, account: 'work' } }
    expect(deskAfter(queue(one), queue(otherAsker)).step).toMatchObject({ kind: 'gone' })
  })

  it('asks why a request is gone, and waits for the person before it shows the next', () => {
    const desk = deskAfter(queue(one, two))
    const { desk: gone, effects } = onNews(desk, queue(two))
    expect(effects).toEqual([{ kind: 'ask-decision', id: 'one' }])
    expect(gone.step).toMatchObject({ kind: 'gone', why: undefined })
    const told = onNews(gone, { kind: 'decision', id: 'one', how: 'denied by person (terminal)' }).desk
    expect(told.step).toEqual({
      kind: 'gone',
      heading: 'Already answered elsewhere',
      why: 'It was denied in a terminal.',
    })
    expect(onWish(told, { kind: 'approve' }).effects).toEqual([])
    expect(onWish(told, { kind: 'next' }).desk.shown?.approval.id).toBe('two')
  })

  it('leaves our own answer to its end while it is under way', () => {
    const sending = deskAfter(queue(one, two), { kind: 'deny' }, queue(two))
    expect(sending.step.kind).toBe('sending')
    const { desk } = onNews(sending, { kind: 'answered', id: 'one', answered: { kind: 'done' } })
    expect(desk.shown?.approval.id).toBe('two')
    expect(desk.notice?.text).toMatch(/^Denied\. .* nothing was posted/)
  })

  it('reports a request once, and only for what is in front of the person now', () => {
    const desk = deskAfter(queue(one))
    expect(onNews(desk, { kind: 'drawn', generation: desk.generation - 1 }).effects).toEqual([])
    const drawn = onNews(desk, { kind: 'drawn', generation: desk.generation })
    expect(drawn.effects).toEqual([{ kind: 'report', id: 'one' }])
    expect(onNews(drawn.desk, { kind: 'drawn', generation: desk.generation }).effects).toEqual([])
  })

  it('goes where the person points, and keeps what they typed', () => {
    const editing = deskAfter(queue(one, two), { kind: 'edit' }, { kind: 'type-text', text: 'mine' })
    const other = onNews(editing, { kind: 'wanted', id: 'two' }).desk
    expect(other.shown).toMatchObject({ approval: { id: 'two' }, draft: undefined })
    const back = onNews(other, { kind: 'wanted', id: 'one' }).desk
    expect(back.shown).toMatchObject({ approval: { id: 'one' }, draft: 'mine', sawEnd: false })
  })

  it('shows what the person pointed at once it is there', () => {
    expect(deskAfter({ kind: 'wanted', id: 'two' }, queue(one, two)).shown?.approval.id).toBe('two')
    const sending = deskAfter(queue(one, two, makeApproval({ id: 'three', askedAt: 3 })), { kind: 'deny' })
    const wanted = onNews(sending, { kind: 'wanted', id: 'three' }).desk
    expect(wanted.shown?.approval.id).toBe('one')
    const done = onNews(wanted, { kind: 'answered', id: 'one', answered: { kind: 'done' } }).desk
    expect(done.shown?.approval.id).toBe('three')
  })
})

describe('what comes of an answer', () => {
  it.each([
    [
      { kind: 'already-decided', how: 'approved by person (notification)' },
      'It was approved on its notification.',
    ],
    [
      { kind: 'already-decided', how: 'expired, nobody answered in time' },
      'Nobody answered in time. Nothing was posted.',
    ],
    [{ kind: 'unknown' }, 'The app no longer knows it. Nothing was decided here.'],
  ] as const)('%j', (answered, why) => {
    const desk = deskAfter(queue(one), sawEnd, { kind: 'approve' }, { kind: 'answered', id: 'one', answered })
    expect(desk.step).toMatchObject({ kind: 'gone', why })
  })

  it('a text that cannot be sent stays, with why', () => {
    const desk = deskAfter(
      queue(one),
      { kind: 'edit' },
      { kind: 'type-text', text: 'mine' },
      { kind: 'finish-edit' },
      { kind: 'saw-end', text: 'mine' },
      { kind: 'approve' },
      { kind: 'answered', id: 'one', answered: { kind: 'invalid', why: 'it is\u202e too long.' } },
    )
    expect(desk).toMatchObject({
      step: { kind: 'reading' },
      shown: { draft: 'mine' },
      notice: { tone: 'wrong', text: 'It cannot be posted like this: it is too long.' },
    })
  })

  it('an answer that did not get through leaves everything as it was, the reason too', () => {
    const desk = deskAfter(
      queue(one),
      { kind: 'give-reason' },
      { kind: 'type-reason', text: 'not yet' },
      { kind: 'deny' },
      { kind: 'not-answered', id: 'one', why: 'The app did not answer.' },
    )
    expect(desk.step).toEqual({ kind: 'reason', text: 'not yet' })
    const { desk: gone, effects } = onNews(deskAfter(queue(one), { kind: 'deny' }, queue()), {
      kind: 'not-answered',
      id: 'one',
      why: 'x',
    })
    expect(gone.step.kind).toBe('gone')
    expect(effects).toEqual([{ kind: 'ask-decision', id: 'one' }])
  })

  it.each([
    ['once', undefined, 'Approved once. Codex posts it now.'],
    ['1h', 'g_1', 'Approved, and remembered: take it back in the settings under Approvals.'],
    ['1h', undefined, 'Approved once; it could not be remembered.'],
  ] as const)('remembered for %s as %s: %s', (span, grant, words) => {
    const desk = deskAfter(
      queue(one),
      sawEnd,
      { kind: 'keep', keep: { span, reach: 'channel' } },
      { kind: 'approve' },
      { kind: 'answered', id: 'one', answered: { kind: 'done', ...(grant !== undefined && { grant }) } },
    )
    expect(desk.notice?.text).toBe(words)
  })

  it('where nobody waits, it says when it will be posted', () => {
    const desk = deskAfter(
      queue({ ...one, attended: false }),
      sawEnd,
      { kind: 'approve' },
      { kind: 'answered', id: 'one', answered: { kind: 'done' } },
    )
    expect(desk.notice?.text).toBe('Approved once. It is posted when Codex asks again.')
  })
})
