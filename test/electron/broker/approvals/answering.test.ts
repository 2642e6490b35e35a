import { beforeEach, describe, expect, it } from 'vitest'
import {
  ApprovalsWorld,
  CONTENT,
  kindOf,
  ONCE,
  permitOf,
  settled,
} from '../../../support/approvals/approvals-world.ts'

let world: ApprovalsWorld
beforeEach(() => {
  world = new ApprovalsWorld()
  world.approvals.surfaceOpened('terminal')
})

function askShown(options: Parameters<ApprovalsWorld['ask']>[0] = {}) {
  const call = world.ask(options)
  const id = world.only
  world.approvals.shown([id], 'terminal')
  return { call, id }
}

const edit = { ...ONCE, text: 'bye' }

describe('an answer', () => {
  it('counts once; the next one hears who was first', async () => {
    const { id } = askShown()
    await world.approvals.answer(id, { kind: 'deny' }, 'terminal')
    await expect(world.approvals.answer(id, ONCE, 'approval-window')).resolves.toEqual({
      kind: 'already-decided',
      how: 'denied by terminal',
    })
    await expect(world.approvals.answer('nobody', ONCE, 'terminal')).resolves.toEqual({ kind: 'unknown' })
    expect(world.decided).toHaveLength(1)
  })

  it('names the grant that was made of it', async () => {
    world.grant = 'g1'
    const { id } = askShown()
    const answer = { ...ONCE, span: '8h', reach: 'all' } as const
    await expect(world.approvals.answer(id, answer, 'terminal')).resolves.toEqual({
      kind: 'done',
      grant: 'g1',
    })
    expect(world.decided).toMatchObject([{ answer }])
  })

  it('is none where it cannot be recorded', async () => {
    world.failAudit = true
    const { call, id } = askShown()
    const how = 'given up, nobody could be asked'
    await expect(world.approvals.answer(id, ONCE, 'terminal')).resolves.toEqual({
      kind: 'already-decided',
      how,
    })
    await settled()
    expect(kindOf(call)).toBe('unreachable')
  })
})

describe('a changed text', () => {
  it('is checked by the gateway, then approved, and is what may be sent', async () => {
    const { call, id } = askShown()
    const answered = world.approvals.answer(id, edit, 'terminal')
    expect(world.edits).toMatchObject([{ session: 's1', ask: call.ask, text: 'bye' }])
    expect(world.approvals.list()).toHaveLength(1)
    world.edits[0]?.end({ kind: 'sendable' })
    await expect(answered).resolves.toEqual({ kind: 'done' })
    expect(call.told).toMatchObject({ kind: 'permitted', text: 'bye' })
    expect(world.approvals.release(permitOf(call), 's1', { ...CONTENT, text: 'bye' })).toBeUndefined()
  })

  it('leaves the request open where it cannot be sent, or cannot be checked', async () => {
    const { id } = askShown()
    const invalid = { kind: 'invalid', why: 'too long' } as const
    const first = world.approvals.answer(id, edit, 'terminal')
    world.edits[0]?.end(invalid)
    await expect(first).resolves.toEqual(invalid)
    const second = world.approvals.answer(id, edit, 'terminal')
    world.edits[1]?.end(new Error('gone'))
    await expect(second).resolves.toMatchObject({ kind: 'invalid' })
    expect(world.approvals.list()).toHaveLength(1)
    expect(world.decided).toEqual([])
  })

  it('is none where it is the same text', async () => {
    const { call, id } = askShown()
    await world.approvals.answer(id, { ...ONCE, text: 'hello' }, 'terminal')
    expect(world.edits).toEqual([])
    expect(call.told).toMatchObject({ kind: 'permitted' })
    expect(call.told).not.toHaveProperty('text')
  })

  it.each(['sendable', 'invalid'] as const)(
    'loses against an answer that came while it was checked (%s)',
    async kind => {
      const { call, id } = askShown()
      const answered = world.approvals.answer(id, edit, 'terminal')
      await world.approvals.answer(id, { kind: 'deny' }, 'approval-window')
      world.edits[0]?.end(kind === 'invalid' ? { kind, why: '' } : { kind })
      const how = 'denied by approval-window'
      await expect(answered).resolves.toEqual({ kind: 'already-decided', how })
      expect(kindOf(call)).toBe('denied')
      expect(world.decided).toHaveLength(1)
    },
  )

  it('comes too late when the client left while it was checked', async () => {
    const { id } = askShown()
    const answered = world.approvals.answer(id, edit, 'terminal')
    world.approvals.endSession('s1')
    world.edits[0]?.end({ kind: 'sendable' })
    await expect(answered).resolves.toMatchObject({ kind: 'already-decided' })
    expect(world.decided).toMatchObject([{ outcome: { kind: 'cancelled' } }])
  })

  it('is checked with the last call that asked, and waits for the next one', async () => {
    askShown()
    world.clock.advance(50_000)
    const second = world.ask()
    world.clock.advance(50_000)
    const answered = world.approvals.answer(world.only, edit, 'terminal')
    expect(world.edits).toMatchObject([{ ask: second.ask }])
    world.edits[0]?.end({ kind: 'sendable' })
    await answered
    const third = world.ask()
    await settled()
    expect(third.told).toMatchObject({ kind: 'permitted', text: 'bye' })
    expect(world.approvals.release(permitOf(third), 's1', CONTENT)).toMatchObject({ kind: 'not_released' })
  })
})
