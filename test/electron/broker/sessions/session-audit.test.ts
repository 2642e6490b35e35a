import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as settled } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../../../electron/broker/sessions/session.ts'
import { withCeiling, withOverride } from '../../../../shared/policy/settings.ts'
import { ONCE } from '../../../support/approvals/approvals-world.ts'
import { CONTENT, OF, permitOf, SessionWorld } from '../../../support/tools/session-world.ts'

let world: SessionWorld
beforeEach(() => {
  world = new SessionWorld()
})
afterEach(() => world.close())

const TEXT = 'the text of the post'
const content = { ...CONTENT, text: TEXT }
const CALL = { ...OF, outcome: 'ok', ms: 12, characters: 345 }

const WHO = {
  client: 'codex-mcp-client',
  workspace: '/home/alice/project',
  session: 's1',
  account: 'default',
}

/** Everything that stands in the folder of the audit. */
function written(): string {
  const folder = join(world.home, 'audit')
  return readdirSync(folder)
    .map(name => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
}

function allow(): void {
  const { client, workspace } = WHO
  world.set(settings => withOverride(withCeiling(settings, 'allow'), { client, workspace, policy: 'allow' }))
}

const decideWrite = (session: Session) => session.decideWrite({ ...OF, content, wideMentions: [] })

describe('the audit has', () => {
  it('a call: whose, what, how it ended, how long and how much', () => {
    const session = world.open()
    const unknown = { ...CALL, outcome: 'not_found' }
    session.record({ calls: [{ ...CALL, target: 'channel_id=town' }, unknown] })
    const call = { kind: 'call', ...WHO, function: OF.function, ms: 12, characters: 345 }
    expect(world.entries()).toMatchObject([
      { ...call, outcome: 'ok', target: 'channel_id=town' },
      { ...call, outcome: 'not_found' },
    ])
    expect(session.calls).toBe(2)
  })

  it('an approval and what it let go, without a word of the text', async () => {
    const session = world.open()
    const permit = await world.approved(session, { text: TEXT })
    session.release({ permit, content })
    const [decided, released] = world.entries()
    const target = expect.stringContaining('chat.example.test town')
    expect(decided).toMatchObject({
      kind: 'decision',
      ...WHO,
      function: OF.function,
      decision: 'approved',
      by: 'person (terminal)',
      target,
    })
    expect(released).toMatchObject({
      kind: 'decision',
      ...WHO,
      function: OF.function,
      decision: 'released',
      by: 'person (terminal)',
      approval: decided?.approval,
      characters: TEXT.length,
      target,
    })
    expect(written()).not.toContain(TEXT)
  })

  it('the text of what was let go where a person turned that on, as it was sent', async () => {
    world.set(settings => ({ ...settings, auditText: true }))
    const session = world.open()
    const permit = await world.approved(session, {}, { ...ONCE, text: TEXT })
    session.release({ permit, content })
    expect(world.entries()).toMatchObject([
      { decision: 'approved-edited' },
      { decision: 'released', text: TEXT },
    ])
    expect(world.entries()[0]).not.toHaveProperty('text')
  })

  it.each([
    ['denied', { kind: 'deny', reason: TEXT }, 'person (terminal)'],
    ['approved', ONCE, 'person (terminal)'],
  ] as const)('a decision that is %s', async (decision, answer, by) => {
    world.ask(world.open(), { text: TEXT })
    world.clock.advance(3_000)
    await world.answer(answer)
    expect(world.entries()).toMatchObject([{ kind: 'decision', decision, by, ms: 3_000 }])
    expect(written()).not.toContain(TEXT)
  })

  it('what nobody answered, or nobody waited for any more', async () => {
    const session = world.open()
    world.ask(session)
    world.clock.advance(5_000)
    session.withdraw(world.ask(session))
    world.ask(session)
    session.end()
    await settled()
    const seen = world.entries().map(({ decision, by }) => `${decision} by ${by}`)
    expect(seen).toEqual(['unreachable by time', 'cancelled by client', 'cancelled by client'])
  })

  it('what a policy refused, and which', () => {
    const session = world.open()
    world.set(settings => withCeiling(settings, 'deny'))
    session.mayWrite(OF)
    decideWrite(session)
    const blocked = { kind: 'decision', ...WHO, function: OF.function, decision: 'blocked' }
    expect(world.entries()).toMatchObject([
      { ...blocked, by: 'policy: ceiling' },
      { ...blocked, by: 'policy: ceiling' },
    ])
  })

  it('what a policy or a grant let go, and which', async () => {
    const session = world.open()
    await world.approved(session, {}, { kind: 'approve', span: 'always', reach: 'channel' })
    const [grant] = world.state.grants.list()
    session.release({ permit: permitOf(decideWrite(session)), content })
    allow()
    session.release({ permit: permitOf(decideWrite(session)), content })
    expect(world.entries().map(({ kind, decision, by }) => [kind, decision, by])).toEqual([
      ['decision', 'approved', 'person (terminal)'],
      ['change', 'grant always', 'person'],
      ['decision', 'released', `grant ${grant?.id}`],
      ['decision', 'released', 'policy: allow'],
    ])
    expect(world.entries().slice(2)).toMatchObject([
      { ...WHO, function: OF.function },
      { ...WHO, function: OF.function },
    ])
    expect(written()).not.toContain(TEXT)
  })

  it('what was refused between approval and sending, by the function that wanted to', async () => {
    const session = world.open()
    const permit = await world.approved(session, { text: TEXT })
    world.set(settings => withCeiling(settings, 'deny'))
    expect(session.release({ permit, content })).toMatchObject({ kind: 'not_released' })
    expect(world.entries()).toMatchObject([
      { decision: 'approved' },
      { ...WHO, function: OF.function, decision: 'blocked', by: 'policy: ceiling' },
    ])
  })

  it('one chain of all sessions', async () => {
    const sessions = [world.open(), world.open({ client: 'claude-code' })]
    for (const session of sessions) session.record({ calls: [CALL] })
    await world.approved(world.open())
    expect(await world.state.audit.verify()).toMatchObject({ kind: 'intact', entries: 3 })
  })
})

describe('an audit that cannot be written', () => {
  /** Nobody can write to a folder that is none, root neither. */
  const breakAudit = () => {
    rmSync(join(world.home, 'audit'), { recursive: true, force: true })
    world.write('audit', 'a file is in the way')
  }
  const mendAudit = () => rmSync(join(world.home, 'audit'))

  it('refuses to let go what a policy permitted', () => {
    allow()
    const session = world.open()
    breakAudit()
    const permit = permitOf(decideWrite(session))
    expect(session.release({ permit, content })).toEqual({
      kind: 'not_released',
      why: expect.stringMatching(/could not be written to the audit/),
    })
    expect(session.release({ permit, content })).toMatchObject({ kind: 'not_released' })
    expect(world.state.problems()).toEqual([expect.stringMatching(/audit log cannot be used/)])
  })

  it('refuses to let go what a person approved before', async () => {
    const session = world.open()
    const permit = await world.approved(session, { text: TEXT })
    breakAudit()
    expect(session.release({ permit, content })).toMatchObject({ kind: 'not_released' })
  })

  it('makes an approval none, and remembers nothing of it', async () => {
    const asking = world.ask(world.open())
    breakAudit()
    const answered = await world.answer({ kind: 'approve', span: 'always', reach: 'all' })
    await settled()
    expect(answered).toMatchObject({ kind: 'already-decided' })
    expect(asking.told).toMatchObject({
      kind: 'refused',
      outcome: { kind: 'unreachable', why: expect.stringMatching(/could not be written to the audit/) },
    })
    expect(world.state.grants.list()).toEqual([])
  })

  it('makes an approval in a form none', async () => {
    const session = world.open({ solo: true })
    const { ask } = world.ask(session, { canShowForm: true })
    breakAudit()
    expect(session.answerForm({ ask, outcome: { kind: 'approved' } })).toMatchObject({
      kind: 'refused',
      outcome: { kind: 'unreachable' },
    })
  })

  it('lets reads go on', async () => {
    const session = world.open({ variables: { MATTERMOST_URL: 'https://chat.example.test' } })
    breakAudit()
    expect(await session.account(OF)).toMatchObject({ kind: 'environment' })
    expect(session.record({ calls: [CALL] })).toBeNull()
    expect(session.calls).toBe(1)
    expect(world.state.problems()).toHaveLength(1)
  })

  it('that is mended lets writes go again, and is no problem any more', () => {
    allow()
    const session = world.open()
    breakAudit()
    session.release({ permit: permitOf(decideWrite(session)), content })
    mendAudit()
    expect(session.release({ permit: permitOf(decideWrite(session)), content })).toBeNull()
    expect(world.state.problems()).toEqual([])
  })
})
