import { beforeEach, describe, expect, it } from 'vitest'
import { ApprovalsWorld, kindOf, ONCE, settled } from '../../../support/approvals/approvals-world.ts'

let world: ApprovalsWorld
beforeEach(() => {
  world = new ApprovalsWorld()
})

const approved = { kind: 'approved' } as const

describe('where nobody shows the question', () => {
  it('is unreachable after 5 seconds with a surface that shows nothing', async () => {
    world.approvals.surfaceOpened('terminal')
    const call = world.ask()
    world.clock.advance(4_999)
    await settled()
    expect(kindOf(call)).toBe('waits')
    world.clock.advance(1)
    await settled()
    const why =
      'no KosmoKrator window or terminal showed the question within 5 seconds. Open `kosmo approvals watch` in a terminal, or the app.'
    expect(call.told).toMatchObject({ outcome: { kind: 'unreachable', why } })
  })

  it('waits behind another request that is on the screen', async () => {
    world.approvals.surfaceOpened('terminal')
    world.ask()
    world.approvals.shown([world.only], 'terminal')
    const second = world.ask({ subject: { text: 'the second one' } })
    world.clock.advance(20_000)
    await settled()
    expect(kindOf(second)).toBe('waits')
    await world.approvals.answer(world.approvals.list()[0]?.id ?? '', ONCE, 'terminal')
    world.clock.advance(5_000)
    await settled()
    expect(kindOf(second)).toBe('unreachable')
  })

  it('waits 5 seconds without any surface: somebody may list it', async () => {
    const call = world.ask()
    world.clock.advance(4_000)
    world.approvals.shown([world.only, 'nobody'], 'terminal')
    world.clock.advance(4_000)
    await settled()
    expect(kindOf(call)).toBe('waits')
    await world.approvals.answer(world.only, ONCE, 'terminal')
    expect(kindOf(call)).toBe('permitted')
    const lonely = world.ask()
    world.clock.advance(5_000)
    await settled()
    expect(kindOf(lonely)).toBe('unreachable')
  })

  it('is the form at once without any surface', async () => {
    const call = world.ask({ canShowForm: true })
    await settled()
    expect(kindOf(call)).toBe('form')
    expect(world.clock.timers).toBe(1)
  })

  it('is the form after 5 seconds with a surface that shows nothing', async () => {
    world.approvals.surfaceOpened('terminal')
    const call = world.ask({ canShowForm: true })
    world.clock.advance(4_999)
    await settled()
    expect(kindOf(call)).toBe('waits')
    world.clock.advance(1)
    await settled()
    expect(kindOf(call)).toBe('form')
    world.clock.advance(100_000)
    expect(world.approvals.list()).toMatchObject([{ attended: true }])
  })

  it('is never the form with a surface that shows it', async () => {
    world.approvals.surfaceOpened('terminal')
    const call = world.ask({ canShowForm: true })
    world.approvals.shown([world.only], 'terminal')
    world.clock.advance(49_000)
    await settled()
    expect(kindOf(call)).toBe('waits')
  })

  it('is not the form for a call that asks again what was shown before', async () => {
    world.approvals.surfaceOpened('terminal')
    world.ask({ canShowForm: true })
    world.approvals.shown([world.only], 'terminal')
    world.clock.advance(50_000)
    const again = world.ask({ canShowForm: true })
    world.clock.advance(20_000)
    await settled()
    expect(kindOf(again)).toBe('waits')
  })

  it('counts anew for a call that asks again before it was shown', async () => {
    world.ask({ waitMs: 3_000 })
    world.clock.advance(4_000)
    const again = world.ask()
    world.clock.advance(4_999)
    await settled()
    expect(kindOf(again)).toBe('waits')
    world.clock.advance(1)
    await settled()
    expect(kindOf(again)).toBe('unreachable')
  })
})

describe('a surface that closes', () => {
  it('leaves open what it has shown, for another one', async () => {
    world.approvals.surfaceOpened('terminal')
    const call = world.ask()
    world.approvals.shown([world.only], 'terminal')
    world.approvals.surfaceClosed('terminal')
    world.clock.advance(20_000)
    await settled()
    expect(kindOf(call)).toBe('waits')
    world.approvals.shown([world.only], 'approval-window')
    expect(world.approvals.list()).toMatchObject([{ shownOn: ['terminal', 'approval-window'] }])
  })

  it('is still watching while there is another of its kind', async () => {
    world.approvals.surfaceOpened('terminal')
    world.approvals.surfaceOpened('terminal')
    world.approvals.surfaceClosed('terminal')
    expect(world.approvals.watching()).toEqual(['terminal'])
    const call = world.ask({ canShowForm: true })
    await settled()
    expect(kindOf(call)).toBe('waits')
    world.approvals.surfaceClosed('terminal')
    expect(world.approvals.watching()).toEqual([])
  })
})

describe("the client's form", () => {
  it.each([
    approved,
    { kind: 'denied' },
    { kind: 'cancelled', by: 'person' },
    { kind: 'unreachable', why: 'quick.' },
    { kind: 'expired', seconds: 50 },
  ] as const)('decides: %j', async outcome => {
    const call = world.ask({ canShowForm: true })
    const decision = world.approvals.answerForm('s1', call.ask, outcome)
    expect(decision).toMatchObject({ by: "client's form" })
    expect(decision.kind === 'refused' ? decision.outcome : approved).toEqual(outcome)
    expect(world.decided).toMatchObject([{ outcome, by: "client's form" }])
    expect(world.formsWithdrawn).toEqual([])
  })

  it('loses against a surface that answered before, and gets its decision', async () => {
    const call = world.ask({ canShowForm: true })
    await world.approvals.answer(world.only, { kind: 'deny' }, 'terminal')
    expect(world.formsWithdrawn).toEqual([`s1/${call.ask}`])
    const decision = world.approvals.answerForm('s1', call.ask, approved)
    expect(decision).toMatchObject({ kind: 'refused', outcome: { kind: 'denied' }, by: 'terminal' })
    expect(world.decided).toHaveLength(1)
  })

  it('gives the permit of a surface to the call whose form it was, and to no other', async () => {
    const call = world.ask({ canShowForm: true })
    await world.approvals.answer(world.only, ONCE, 'terminal')
    const other = world.ask()
    await settled()
    expect(kindOf(other)).toBe('waits')
    const closed = { kind: 'cancelled', by: 'client' } as const
    expect(world.approvals.answerForm('s1', call.ask, closed)).toMatchObject({
      kind: 'permitted',
      by: 'terminal',
    })
    expect(world.approvals.answerForm('s1', call.ask, approved)).toMatchObject({ outcome: closed })
  })

  it('goes away when the time is over', () => {
    const call = world.ask({ canShowForm: true })
    world.clock.advance(15 * 60_000)
    expect(world.formsWithdrawn).toEqual([`s1/${call.ask}`])
    expect(world.approvals.answerForm('s1', call.ask, approved)).toMatchObject({
      outcome: { kind: 'expired' },
    })
  })

  it('says nothing that anybody hears after its call was cancelled, or for a call that shows none', async () => {
    const cancelled = { kind: 'refused', outcome: { kind: 'cancelled', by: 'client' } }
    const call = world.ask({ canShowForm: true })
    world.approvals.withdraw('s1', call.ask)
    expect(world.approvals.answerForm('s1', call.ask, approved)).toMatchObject(cancelled)
    const waiting = world.ask()
    expect(world.approvals.answerForm('s1', waiting.ask, approved)).toMatchObject(cancelled)
    expect(world.approvals.answerForm('s2', waiting.ask, approved)).toMatchObject(cancelled)
    expect(world.approvals.list()).toHaveLength(1)
    expect(world.formsWithdrawn).toEqual([])
  })
})

it('tells of every change of the list', async () => {
  const changesOf = async (act: () => unknown) => {
    const before = world.changes
    await act()
    return world.changes > before
  }
  await expect(changesOf(() => world.ask())).resolves.toBe(true)
  const id = world.only
  await expect(changesOf(() => world.approvals.shown([id], 'terminal'))).resolves.toBe(true)
  await expect(changesOf(() => world.approvals.shown([id], 'terminal'))).resolves.toBe(false)
  await expect(changesOf(() => world.approvals.extend(id))).resolves.toBe(true)
  await expect(changesOf(() => world.clock.advance(50_000))).resolves.toBe(true)
  await expect(changesOf(() => world.ask())).resolves.toBe(true)
  await expect(changesOf(() => world.approvals.answer(id, ONCE, 'terminal'))).resolves.toBe(true)
})
