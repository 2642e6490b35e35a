import { beforeEach, describe, expect, it } from 'vitest'
import {
  MAX_PENDING,
  MAX_PENDING_PER_SESSION,
  MAX_REMEMBERED,
} from '../../../../electron/broker/approvals/queue.ts'
import { ApprovalsWorld, kindOf, ONCE, settled } from '../../../support/approvals/approvals-world.ts'

let world: ApprovalsWorld
beforeEach(() => {
  world = new ApprovalsWorld()
  world.approvals.surfaceOpened('terminal')
})

/** Asks, and has it on the screen. */
function askShown(options: Parameters<ApprovalsWorld['ask']>[0] = {}) {
  const before = new Set(world.approvals.list().map(({ id }) => id))
  const call = world.ask(options)
  const [id] = world.approvals.list().flatMap(({ id }) => (before.has(id) ? [] : [id]))
  if (id !== undefined) world.approvals.shown([id], 'terminal')
  return { call, id: id ?? '' }
}

describe('a question', () => {
  it('waits, is listed, and gets the answer', async () => {
    const { call, id } = askShown()
    expect(world.approvals.list()).toMatchObject([{ id, attended: true, shownOn: ['terminal'] }])
    expect(world.approvals.pendingOf('s1')).toBe(1)
    world.clock.advance(7_000)
    await expect(world.approvals.answer(id, ONCE, 'terminal')).resolves.toEqual({ kind: 'done' })
    expect(call.told).toMatchObject({ kind: 'permitted', id, by: 'terminal' })
    expect(world.decided).toMatchObject([
      { outcome: { kind: 'approved' }, by: 'terminal', ms: 7_000, answer: ONCE },
    ])
    expect(world.approvals.list()).toEqual([])
  })

  it('ends its wait in time and says what is left', async () => {
    const { call, id } = askShown()
    world.clock.advance(49_999)
    await settled()
    expect(kindOf(call)).toBe('waits')
    world.clock.advance(1)
    await settled()
    expect(call.told).toMatchObject({ outcome: { kind: 'pending_approval', id, seconds: 850 } })
    expect(world.approvals.list()).toMatchObject([{ id, attended: false }])
    expect(world.decided).toEqual([])
  })

  it('expires after a quarter of an hour', async () => {
    const { call } = askShown({ waitMs: 3_600_000 })
    world.clock.advance(15 * 60_000)
    await settled()
    expect(call.told).toMatchObject({ outcome: { kind: 'expired', seconds: 900 } })
    expect(world.approvals.list()).toEqual([])
  })

  it('expires though the machine has slept over its end', async () => {
    const { id } = askShown()
    world.clock.sleep(16 * 60_000)
    await expect(world.approvals.answer(id, ONCE, 'terminal')).resolves.toMatchObject({
      kind: 'already-decided',
    })
    expect(world.decided).toMatchObject([{ outcome: { kind: 'expired' } }])
    expect(world.decided[0]).not.toHaveProperty('answer')
  })

  it('gets another five minutes, again and again', () => {
    const { id } = askShown()
    world.clock.advance(14 * 60_000)
    const end = world.clock.now() + 5 * 60_000
    expect(world.approvals.extend(id)).toBe(end)
    world.clock.advance(5 * 60_000 - 1)
    expect(world.approvals.list()).toHaveLength(1)
    world.clock.advance(1)
    expect(world.decided).toMatchObject([{ outcome: { kind: 'expired', seconds: 19 * 60 } }])
    expect(world.approvals.extend(id)).toBeNull()
    expect(world.approvals.extend('nobody')).toBeNull()
  })

  it('is another one where two calls wait at the same time', () => {
    askShown()
    askShown()
    expect(world.approvals.list()).toHaveLength(2)
  })

  it('is taken once by one id, and from known sessions only', async () => {
    const { call } = askShown({ ask: 'x' })
    const second = world.ask({ ask: 'x', subject: { text: 'other' } })
    const stranger = world.ask({ session: 'nobody' })
    await settled()
    expect([call, second, stranger].map(kindOf)).toEqual(['waits', 'unreachable', 'cancelled'])
    expect(world.approvals.list()).toHaveLength(1)
  })

  it('can have the id of one that has ended', async () => {
    askShown({ ask: 'x' })
    world.clock.advance(50_000)
    const again = world.ask({ ask: 'x' })
    await settled()
    expect(kindOf(again)).toBe('waits')
  })

  it('is refused where too many wait in a session, or in all', async () => {
    for (let count = 0; count < MAX_PENDING_PER_SESSION; count++) world.ask()
    const one = world.ask()
    for (let session = 2; session <= MAX_PENDING / MAX_PENDING_PER_SESSION; session++) {
      world.approvals.beginSession(`s${session}`)
      for (let count = 0; count < MAX_PENDING_PER_SESSION; count++) world.ask({ session: `s${session}` })
    }
    world.approvals.beginSession('last')
    const other = world.ask({ session: 'last' })
    await settled()
    const why = (whose: string) =>
      `${whose} wait for the person already, and no more may. Wait until some are answered.`
    expect(one.told).toMatchObject({ outcome: { kind: 'unreachable', why: why('50 posts of this client') } })
    expect(other.told).toMatchObject({
      outcome: { kind: 'unreachable', why: why('1000 posts of all clients') },
    })
    expect(world.approvals.list()).toHaveLength(MAX_PENDING)
  })
})

describe('the same question again', () => {
  it('goes on with the one that waits', async () => {
    const { id } = askShown()
    world.clock.advance(50_000)
    const again = world.ask()
    expect(world.only).toBe(id)
    expect(world.approvals.list()).toMatchObject([{ attended: true }])
    world.clock.advance(6_000)
    await world.approvals.answer(id, ONCE, 'terminal')
    expect(kindOf(again)).toBe('permitted')
  })

  it.each([
    ['another text', { subject: { text: 'hello!' } }],
    ['another channel', { subject: { channel: 'other' } }],
    ['another thread', { subject: { root: 'root' } }],
    ['another function', { function: 'mattermost_update_post' }],
    ['another session', { session: 's2' }],
  ])('is not the same with %s', (_, options) => {
    world.approvals.beginSession('s2')
    askShown()
    world.clock.advance(50_000)
    world.ask(options)
    expect(world.approvals.list()).toHaveLength(2)
  })

  it('gets at once what a person has answered meanwhile, and one call only', async () => {
    const { id } = askShown()
    world.clock.advance(50_000)
    await world.approvals.answer(id, ONCE, 'terminal')
    const again = world.ask()
    const third = world.ask()
    await settled()
    expect([again, third].map(kindOf)).toEqual(['permitted', 'waits'])
    expect(world.decided).toHaveLength(1)
  })

  it('is told of a denial once; then it is a new question', async () => {
    const { id } = askShown()
    world.clock.advance(50_000)
    await world.approvals.answer(id, { kind: 'deny', reason: 'not now' }, 'terminal')
    const again = world.ask()
    await settled()
    expect(again.told).toMatchObject({ outcome: { kind: 'denied', reason: 'not now' } })
    world.ask()
    expect(world.only).not.toBe(id)
  })

  it('is a new question after the first expired, or was answered long ago', async () => {
    const { id } = askShown()
    world.clock.advance(50_000)
    await world.approvals.answer(id, ONCE, 'terminal')
    world.clock.sleep(15 * 60_000)
    const again = world.ask()
    await settled()
    expect(kindOf(again)).toBe('waits')
    world.clock.advance(50_000)
    world.clock.sleep(15 * 60_000)
    const third = world.ask()
    await settled()
    expect(kindOf(third)).toBe('waits')
    expect(world.approvals.list()).toHaveLength(1)
  })

  it('takes an answer before it takes another wait', async () => {
    const first = askShown()
    const second = askShown()
    world.clock.advance(50_000)
    await world.approvals.answer(second.id, ONCE, 'terminal')
    const again = world.ask()
    await settled()
    expect(again.told).toMatchObject({ kind: 'permitted', id: second.id })
    expect(world.only).toBe(first.id)
  })
})

describe('a client that gives up', () => {
  it('has its question cancelled at once', async () => {
    const { call, id } = askShown()
    world.approvals.withdraw('s1', call.ask)
    expect(world.decided).toMatchObject([{ outcome: { kind: 'cancelled', by: 'client' } }])
    await settled()
    expect(kindOf(call)).toBe('cancelled')
    const how = 'cancelled, the client gave up or left'
    await expect(world.approvals.answer(id, ONCE, 'terminal')).resolves.toEqual({
      kind: 'already-decided',
      how,
    })
  })

  it('cannot cancel what another session asks', () => {
    const { call } = askShown()
    world.approvals.beginSession('s2')
    world.approvals.withdraw('s2', call.ask)
    expect(world.approvals.list()).toHaveLength(1)
  })

  it('has everything cancelled when it leaves, attended or not', async () => {
    const { call: first } = askShown()
    world.clock.advance(50_000)
    const { call: second } = askShown({ subject: { text: 'other' } })
    world.approvals.endSession('s1')
    expect(world.approvals.list()).toEqual([])
    expect(world.decided.map(({ outcome }) => outcome.kind)).toEqual(['cancelled', 'cancelled'])
    await settled()
    expect([first, second].map(kindOf)).toEqual(['pending_approval', 'cancelled'])
    world.clock.advance(15 * 60_000)
    expect(world.clock.timers).toBe(0)
  })
})

it('remembers what was decided for a quarter of an hour, and not without end', async () => {
  const ids: string[] = []
  for (let count = 0; count <= MAX_REMEMBERED; count++) {
    const { call, id } = askShown()
    world.approvals.withdraw('s1', call.ask)
    ids.push(id)
  }
  const kinds = async () =>
    Promise.all(
      [ids[0], ids[1]].map(async id => (await world.approvals.answer(id ?? '', ONCE, 'terminal')).kind),
    )
  await expect(kinds()).resolves.toEqual(['unknown', 'already-decided'])
  expect(world.clock.timers).toBe(MAX_REMEMBERED)
  world.clock.advance(15 * 60_000 - 1)
  await expect(kinds()).resolves.toEqual(['unknown', 'already-decided'])
  world.clock.advance(1)
  await expect(kinds()).resolves.toEqual(['unknown', 'unknown'])
})
