import { setImmediate as settled } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../../../electron/broker/sessions/session.ts'
import { withCeiling, withIntegration, withOverride } from '../../../../shared/policy/settings.ts'
import type { WriteContent } from '../../../../shared/protocol/gateway-methods.ts'
import { ONCE, SUBJECT } from '../../../support/approvals/approvals-world.ts'
import { CONTENT, OF, permitOf, SessionWorld } from '../../../support/tools/session-world.ts'

let world: SessionWorld
beforeEach(() => {
  world = new SessionWorld()
})
afterEach(() => world.close())

const GONE = { kind: 'not_released', why: expect.stringMatching(/used already, was taken back, or is older/) }
const CANCELLED = { kind: 'cancelled', by: 'client' }

/** Under an override of allow: permitted by policy. */
function byPolicy(session: Session): string {
  const { client, workspace } = session.options
  world.set(settings =>
    withOverride(withCeiling(settings, 'allow'), { client: client.name, workspace, policy: 'allow' }),
  )
  return permitOf(session.decideWrite({ ...OF, content: CONTENT, wideMentions: [] }))
}

const ways: [string, (session: Session) => string | Promise<string>][] = [
  ['a person', session => world.approved(session)],
  ['a policy', byPolicy],
]

describe.each(ways)('what %s permitted', (_, permitted) => {
  it('is let go once', async () => {
    const session = world.open()
    const permit = await permitted(session)
    expect(session.release({ permit, content: CONTENT })).toBeNull()
    expect(session.release({ permit, content: CONTENT })).toEqual(GONE)
  })

  it('is under way from then on, until its end is on record', async () => {
    const session = world.open()
    const permit = await permitted(session)
    const call = { ...OF, ms: 1, characters: 1 }
    expect(world.state.underWay.count).toBe(0)
    session.release({ permit, content: CONTENT })
    session.release({ permit, content: CONTENT })
    expect(world.state.underWay.count).toBe(1)
    session.record({ calls: [{ ...call, function: 'list_posts', outcome: 'ok' }] })
    session.record({ calls: [{ ...call, outcome: 'invalid_input' }] })
    expect(world.state.underWay.count).toBe(1)
    session.record({ calls: [{ ...call, outcome: 'ok' }] })
    expect(world.state.underWay.count).toBe(0)
  })

  it.each<[string, Partial<WriteContent>]>([
    ['server', { server: 'other.example.test' }],
    ['channel', { channel: 'other' }],
    ['thread', { root: 'r' }],
    ['text', { text: 'hello ' }],
  ])('is nothing else: with another %s it is refused, and then for good', async (_, other) => {
    const session = world.open()
    const permit = await permitted(session)
    const why = 'What was about to be sent is not what was approved.'
    expect(session.release({ permit, content: { ...CONTENT, ...other } })).toEqual({
      kind: 'not_released',
      why,
    })
    expect(session.release({ permit, content: CONTENT })).toEqual(GONE)
  })

  it('is its own session’s, whatever another one knows of it', async () => {
    const [session, other] = [world.open(), world.open()]
    const permit = await permitted(session)
    expect(other.release({ permit, content: CONTENT })).toEqual(GONE)
    expect(session.release({ permit, content: CONTENT })).toBeNull()
  })

  it('is gone after a minute, where the timer comes late too', async () => {
    const session = world.open()
    const slow = await permitted(session)
    world.clock.advance(60_001)
    expect(session.release({ permit: slow, content: CONTENT })).toEqual(GONE)
    const late = await permitted(session)
    world.clock.sleep(60_001)
    expect(session.release({ permit: late, content: CONTENT })).toEqual(GONE)
  })

  it('is held back by a switch that was thrown meanwhile, and good again once it is back', async () => {
    const session = world.open()
    const permit = await permitted(session)
    world.set(settings => withCeiling(settings, 'deny'))
    const why = expect.stringMatching(/switch for all writes is at deny/)
    expect(session.release({ permit, content: CONTENT })).toEqual({ kind: 'not_released', why })
    world.set(settings => withCeiling(settings, 'ask'))
    expect(session.release({ permit, content: CONTENT })).toBeNull()
  })

  it.each(['override', 'integration'])('is held back by its %s set to deny meanwhile', async what => {
    const session = world.open()
    const permit = await permitted(session)
    const { client, workspace } = session.options
    world.set(settings =>
      what === 'override'
        ? withOverride(settings, { client: client.name, workspace, policy: 'deny' })
        : withIntegration(settings, 'mattermost', { write: 'deny' }),
    )
    expect(session.release({ permit, content: CONTENT })).toMatchObject({ kind: 'not_released' })
  })

  it('is nothing once the client has left', async () => {
    const session = world.open()
    const permit = await permitted(session)
    session.end()
    expect(session.release({ permit, content: CONTENT })).toEqual(CANCELLED)
  })
})

it('what nobody permitted is not let go', () => {
  expect(world.open().release({ permit: 'made up', content: CONTENT })).toEqual(GONE)
})

describe('a question', () => {
  it('that is approved with another text permits that text alone', async () => {
    const session = world.open()
    const asking = world.ask(session)
    await world.answer({ ...ONCE, text: 'better' })
    await settled()
    expect(asking.told).toMatchObject({ kind: 'permitted', text: 'better' })
    const permit = permitOf(asking.told)
    expect(session.release({ permit, content: { ...CONTENT, text: 'better' } })).toBeNull()
  })

  it('whose changed text cannot be sent stays open', async () => {
    const session = world.open()
    world.gateways.set(session.id, {
      checkEdit: async ({ ask, text }) => ({ kind: 'invalid', why: `${ask} takes no ${text}` }),
      withdrawForm: () => null,
    })
    const { ask } = world.ask(session)
    expect(await world.answer({ ...ONCE, text: 'x' })).toEqual({ kind: 'invalid', why: `${ask} takes no x` })
    expect(world.only.id).toBeDefined()
  })

  it('that is denied quotes the person', async () => {
    const asking = world.ask(world.open())
    await world.answer({ kind: 'deny', reason: 'not now' })
    await settled()
    expect(asking.told).toEqual({ kind: 'refused', outcome: { kind: 'denied', reason: 'not now' } })
  })

  const waits = [
    ['codex-mcp-client', undefined, 240],
    ['claude-code', undefined, 50],
    ['claude-code', 5, 5],
  ] as const

  it.each(waits)('in the form of %s with %s s set has %d s too', async (client, waitSeconds, seconds) => {
    if (waitSeconds !== undefined) world.set(settings => ({ ...settings, waitSeconds }))
    const asking = world.ask(world.open({ client }), { canShowForm: true })
    await settled()
    expect(asking.told).toEqual({ kind: 'form', waitMs: seconds * 1_000 })
  })

  it.each(waits)(
    'of %s with %s s set is told after %d s that it still waits; the same again gets the answer',
    async (client, waitSeconds, seconds) => {
      if (waitSeconds !== undefined) world.set(settings => ({ ...settings, waitSeconds }))
      const session = world.open({ client })
      const asking = world.ask(session)
      world.state.approvals.shown([world.only.id], 'terminal')
      world.clock.advance(seconds * 1_000 - 1)
      await settled()
      expect(asking.told).toBeUndefined()
      world.clock.advance(1)
      await settled()
      const { id } = world.only
      expect(asking.told).toMatchObject({ kind: 'refused', outcome: { kind: 'pending_approval', id } })
      const again = world.ask(session)
      await world.answer()
      await settled()
      expect(session.release({ permit: permitOf(again.told), content: CONTENT })).toBeNull()
    },
  )

  it('that is withdrawn is cancelled, and what was approved a moment ago is not let go', async () => {
    const session = world.open()
    const waits = world.ask(session)
    session.withdraw(waits)
    await settled()
    expect(waits.told).toEqual({ kind: 'refused', outcome: CANCELLED })
    const permit = await world.approved(session, { ask: 'late' })
    session.withdraw({ ask: 'late' })
    expect(session.release({ permit, content: CONTENT })).toEqual(GONE)
  })

  it('shows what is asked, and who asks', () => {
    const session = world.open({ account: 'work' })
    world.ask(session)
    const { client, workspace } = session.options
    expect(world.only).toMatchObject({
      asker: { client: client.name, version: '1', workspace, session: session.id, account: 'work' },
      function: OF.function,
      subject: SUBJECT,
    })
  })
})

describe('a session that has ended', () => {
  it('gets no answer any more to what it asked', async () => {
    const session = world.open()
    const asking = world.ask(session)
    const { id } = world.only
    session.end()
    await settled()
    expect(asking.told).toEqual({ kind: 'refused', outcome: CANCELLED })
    expect(await world.state.approvals.answer(id, ONCE, 'terminal')).toMatchObject({
      kind: 'already-decided',
    })
  })

  it('asks nobody, and no form of it counts', async () => {
    const session = world.open()
    const form = world.ask(session, { canShowForm: true })
    await settled()
    expect(form.told).toEqual({ kind: 'form', waitMs: 240_000 })
    session.end()
    expect(session.answerForm({ ...form, outcome: { kind: 'approved' } })).toEqual({
      kind: 'refused',
      outcome: CANCELLED,
    })
    const asking = world.ask(session)
    await settled()
    expect(asking.told).toEqual({ kind: 'refused', outcome: CANCELLED })
    expect(world.state.approvals.list()).toEqual([])
  })

  it('gets nothing sent by policy either', () => {
    const session = world.open()
    byPolicy(session)
    session.end()
    const decided = session.decideWrite({ ...OF, content: CONTENT, wideMentions: [] })
    const permit = decided.kind === 'permitted' ? decided.permit : 'none'
    expect(session.release({ permit, content: CONTENT })).toEqual(CANCELLED)
  })

  it('takes no other with it', async () => {
    const [session, other] = [world.open(), world.open({ workspace: '/home/alice/other' })]
    const permit = await world.approved(other)
    session.end()
    expect(other.release({ permit, content: CONTENT })).toBeNull()
  })
})
