import { beforeEach, describe, expect, it } from 'vitest'
import { Permits } from '../../../../electron/broker/approvals/permits.ts'
import {
  ApprovalsWorld,
  CONTENT,
  ONCE,
  permitOf,
  settled,
} from '../../../support/approvals/approvals-world.ts'
import { FakeClock } from '../../../support/approvals/fake-clock.ts'

let world: ApprovalsWorld
beforeEach(() => {
  world = new ApprovalsWorld()
  world.approvals.surfaceOpened('terminal')
})

async function permitted() {
  const call = world.ask()
  await world.approvals.answer(world.only, ONCE, 'terminal')
  await settled()
  return { call, permit: permitOf(call) }
}

const release = (permit: string, changes: object = {}, session = 's1') =>
  world.approvals.release(permit, session, { ...CONTENT, ...changes })

describe('a permit', () => {
  it('lets what was approved go, once', async () => {
    const { permit } = await permitted()
    expect(release(permit)).toBeUndefined()
    expect(world.released).toMatchObject([{ permit, session: 's1', by: 'terminal', content: CONTENT }])
    expect(release(permit)).toMatchObject({ kind: 'not_released' })
    expect(world.released).toHaveLength(1)
  })

  it.each([
    ['text', 'hello!'],
    ['channel', 'other'],
    ['root', 'root'],
    ['server', 'other.test'],
    ['account', 'work'],
  ])('lets nothing go with another %s, and is gone then', async (key, value) => {
    const { permit } = await permitted()
    expect(release(permit, { [key]: value })).toMatchObject({ kind: 'not_released' })
    expect(release(permit)).toMatchObject({ kind: 'not_released' })
    expect(world.released).toEqual([])
  })

  it('is good for a minute', async () => {
    const one = await permitted()
    world.clock.advance(59_999)
    expect(release(one.permit)).toBeUndefined()
    const two = await permitted()
    world.clock.advance(60_001)
    expect(release(two.permit)).toMatchObject({ kind: 'not_released' })
    const three = await permitted()
    world.clock.sleep(60_001)
    expect(release(three.permit)).toMatchObject({ kind: 'not_released' })
  })

  it("is the session's own, and gone with it", async () => {
    world.approvals.beginSession('s2')
    const { permit } = await permitted()
    expect(release(permit, {}, 's2')).toMatchObject({ kind: 'not_released' })
    world.approvals.endSession('s1')
    expect(release(permit)).toEqual({ kind: 'cancelled', by: 'client' })
    world.approvals.beginSession('s1')
    expect(release(permit)).toMatchObject({ kind: 'not_released' })
  })

  it('is gone when its call was cancelled after the answer', async () => {
    const { call, permit } = await permitted()
    world.approvals.withdraw('s1', call.ask)
    expect(release(permit)).toMatchObject({ kind: 'not_released' })
  })

  it('is made without a question by a policy or a grant', () => {
    const permit = world.approvals.permit('s1', 'mattermost_create_post', CONTENT, 'policy')
    expect(release(permit)).toBeUndefined()
    expect(world.released).toMatchObject([{ permit, by: 'policy' }])
    expect(release(permit)).toMatchObject({ kind: 'not_released' })
    const other = world.approvals.permit('s1', 'mattermost_create_post', CONTENT, 'policy')
    expect(release(other, { text: 'x' })).toMatchObject({ kind: 'not_released' })
    const stranger = world.approvals.permit('nobody', 'mattermost_create_post', CONTENT, 'policy')
    world.approvals.beginSession('nobody')
    expect(release(stranger, {}, 'nobody')).toMatchObject({ kind: 'not_released' })
  })

  it('lets nothing go that cannot be recorded', async () => {
    const { permit } = await permitted()
    world.failAudit = true
    expect(release(permit)).toMatchObject({ kind: 'not_released' })
    world.failAudit = false
    expect(release(permit)).toMatchObject({ kind: 'not_released' })
  })

  it('leaves nothing behind', async () => {
    await permitted()
    world.approvals.permit('s1', 'mattermost_create_post', CONTENT, 'policy')
    world.clock.advance(15 * 60_000)
    expect(world.clock.timers).toBe(0)
  })

  it('is held for a minute, and its timer no longer than itself', () => {
    const clock = new FakeClock()
    const permits = new Permits(clock)
    const permit = {
      function: 'mattermost_create_post',
      session: 's1',
      fingerprint: 'f',
      by: 'policy',
      use: () => true,
    }
    permits.hold('a', permit)
    permits.hold('b', permit)
    permits.release('a', 's1', 'f')
    expect([permits.size, clock.timers]).toEqual([1, 1])
    clock.advance(60_000)
    expect([permits.size, clock.timers]).toEqual([0, 0])
  })
})
