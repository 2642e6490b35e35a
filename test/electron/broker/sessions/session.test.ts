import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../../../electron/broker/sessions/session.ts'
import {
  withCeiling,
  withIntegration,
  withOverride,
  withoutOverride,
} from '../../../../shared/policy/settings.ts'
import { WRITE_POLICIES, type WritePolicy } from '../../../../shared/policy/write-policy.ts'
import type { WriteContent } from '../../../../shared/protocol/gateway-methods.ts'
import { CONTENT, OF, permitOf, SessionWorld } from '../../../support/tools/session-world.ts'

let world: SessionWorld
beforeEach(() => {
  world = new SessionWorld()
})
afterEach(() => world.close())

const HERE = { client: 'codex-mcp-client', workspace: '/home/alice/project' }
const MAYBE = [undefined, ...WRITE_POLICIES]
const PLACE: Record<WritePolicy, number> = { deny: 0, ask: 1, allow: 2 }
const lowest = (...policies: WritePolicy[]): WritePolicy =>
  policies.reduce((a, b) => (PLACE[a] < PLACE[b] ? a : b))

/** What a person has set, all of it anew. */
function put(ceiling: WritePolicy, override?: WritePolicy, permission?: WritePolicy): void {
  world.set(settings => {
    const bare = withCeiling(
      { ...withoutOverride(settings, HERE.client, HERE.workspace), integrations: {} },
      ceiling,
    )
    const stored =
      permission === undefined ? bare : withIntegration(bare, 'mattermost', { write: permission })
    return override === undefined ? stored : withOverride(stored, { ...HERE, policy: override })
  })
}

/** What becomes of a write by policy and grants: `ask`, `permitted`, or why not. */
function decide(session: Session, more: Partial<WriteContent> = {}, wideMentions: string[] = []): string {
  const decided = session.decideWrite({ ...OF, content: { ...CONTENT, ...more }, wideMentions })
  if (decided.kind !== 'refused') return decided.kind
  return decided.outcome.kind === 'blocked' ? decided.outcome.why : decided.outcome.kind
}

it('every ceiling, request, override and permission: listed, in force and decided as the design says', () => {
  const sessions = WRITE_POLICIES.map(write => ({ write, session: world.open({ write }) }))
  for (const ceiling of WRITE_POLICIES) {
    for (const override of MAYBE) {
      for (const permission of MAYBE) {
        put(ceiling, override, permission)
        for (const { write, session } of sessions) {
          const wanted = override ?? lowest(write, 'ask')
          const effective = lowest(ceiling, wanted, permission ?? 'allow')
          const seen = {
            listed: session.listed,
            effective: session.effective('mattermost'),
            override: session.override('mattermost'),
            may: session.mayWrite(OF)?.kind ?? 'go on',
            decided: decide(session).replace(/^Writes are refused.*/, 'blocked'),
          }
          expect([seen, { ceiling, write, override, permission }]).toEqual([
            {
              listed: permission === 'deny' ? 'deny' : wanted,
              effective,
              override,
              may: effective === 'deny' ? 'blocked' : 'go on',
              decided: { deny: 'blocked', ask: 'ask', allow: 'permitted' }[effective],
            },
            { ceiling, write, override, permission },
          ])
        }
      }
    }
  }
})

describe('the ceiling', () => {
  it('is where nothing was set at ask, and allow in a configuration gives no more', () => {
    const session = world.open({ write: 'allow' })
    expect([session.listed, decide(session)]).toEqual(['ask', 'ask'])
  })

  it('counts at the call: the same session follows the switch down and up again', () => {
    put('allow', 'allow')
    const session = world.open()
    const seen = (['allow', 'deny', 'ask', 'deny', 'allow'] as const).map(ceiling => {
      put(ceiling, 'allow')
      return [session.listed, decide(session)]
    })
    const off = expect.stringMatching(
      /switch for all writes is at deny.*switch in the tray or `kosmo policy ask`/,
    )
    expect(seen).toEqual([
      ['allow', 'permitted'],
      ['allow', off],
      ['allow', 'ask'],
      ['allow', off],
      ['allow', 'permitted'],
    ])
  })
})

describe('an override', () => {
  it('is for one client in one folder', () => {
    world.set(settings => withOverride(settings, { ...HERE, policy: 'deny' }))
    const others = [
      { client: 'claude-code' },
      { workspace: '/home/alice/other' },
      { workspace: '/home/alice' },
    ]
    expect(decide(world.open())).toMatch(/a person set deny for this client in this workspace/)
    expect(others.map(other => decide(world.open(other)))).toEqual(['ask', 'ask', 'ask'])
  })

  it('gives a client that asked for nothing its tools', () => {
    const session = world.open({ write: 'deny' })
    expect([session.listed, decide(session)]).toEqual(['deny', expect.stringMatching(/--write=deny/)])
    put('allow', 'allow')
    expect([session.listed, decide(session)]).toEqual(['allow', 'permitted'])
  })

  it('never spares a question that a wide mention asks', () => {
    put('allow', 'allow')
    expect(decide(world.open(), {}, ['here'])).toBe('ask')
  })
})

describe('a grant', () => {
  const approve = async (
    session: Session,
    span: 'session' | '1h' | '8h' | 'always',
    reach: 'channel' | 'all',
  ) => {
    await world.approved(session, {}, { kind: 'approve', span, reach })
    const [grant] = world.state.grants.list()
    if (grant === undefined) throw new Error('no grant')
    return grant
  }

  it.each([
    ['session', 'channel', 'ask'],
    ['session', 'all', 'permitted'],
    ['always', 'channel', 'ask'],
    ['always', 'all', 'permitted'],
  ] as const)(
    'for %s and %s lifts the question there; in another channel: %s',
    async (span, reach, elsewhere) => {
      const session = world.open()
      expect(decide(session)).toBe('ask')
      await approve(session, span, reach)
      expect(decide(session, { text: 'something else', root: 'r' })).toBe('permitted')
      expect(decide(session, { channel: 'other' })).toBe(elsewhere)
      expect(decide(session, { server: 'other.example.test' })).toBe('ask')
      expect(decide(session, { channel: '@bob' })).toBe('ask')
      expect(decide(session, {}, ['channel'])).toBe('ask')
    },
  )

  it.each([
    ['session', ['ask', 'ask', 'ask', 'ask']],
    ['always', ['permitted', 'ask', 'ask', 'ask']],
  ] as const)('for %s is of the same client, folder and account alone', async (span, decided) => {
    await approve(world.open(), span, 'all')
    const others = [{}, { client: 'claude-code' }, { workspace: '/home/alice/other' }, { account: 'work' }]
    expect(others.map(other => decide(world.open(other)))).toEqual(decided)
  })

  it('for a session ends with it, one for an hour after that hour', async () => {
    const [first, second] = [world.open(), world.open({ workspace: '/home/alice/other' })]
    await approve(first, 'session', 'channel')
    first.end()
    expect(world.state.grants.list()).toEqual([])
    await approve(second, '1h', 'channel')
    world.clock.advance(3_599_999)
    expect(decide(second)).toBe('permitted')
    world.clock.advance(1)
    expect(decide(second)).toBe('ask')
  })

  it.each(['session', 'always'] as const)('for %s that is revoked asks again', async span => {
    const session = world.open()
    const { id } = await approve(session, span, 'channel')
    expect(decide(session)).toBe('permitted')
    expect(world.state.grants.revoke(id)).toBe(true)
    expect(decide(session)).toBe('ask')
  })

  it('lifts no refusal, and is not used up by one', async () => {
    const session = world.open()
    const { id } = await approve(session, 'always', 'all')
    put('deny')
    expect(decide(session)).toMatch(/at deny/)
    put('ask', 'deny')
    expect(decide(session)).toMatch(/set deny for this client/)
    put('ask')
    expect(world.state.grants.list()).toMatchObject([{ id, uses: 0 }])
    expect(decide(session)).toBe('permitted')
    expect(world.state.grants.list()).toMatchObject([{ id, uses: 1 }])
  })

  it('permits like an answer does: one content, once', async () => {
    const session = world.open()
    await approve(session, 'always', 'channel')
    const permit = permitOf(session.decideWrite({ ...OF, content: CONTENT, wideMentions: [] }))
    expect(session.release({ permit, content: CONTENT })).toBeNull()
    expect(session.release({ permit, content: CONTENT })).toMatchObject({ kind: 'not_released' })
  })
})

describe('settings that are broken', () => {
  const sentence =
    /settings cannot be read, so every write is refused until a person mends them \(.*settings\.json/

  it.each(['{ "ceiling": "allow", }', '{ "celing": "allow" }', '{ "ceiling": "yes" }', '[]'])(
    '%s: every write is refused with the sentence, reads go on, the tools stay listed',
    async text => {
      put('allow', 'allow')
      const session = world.open({ variables: { MATTERMOST_URL: 'https://chat.example.test' } })
      world.write('settings.json', text)
      expect(session.mayWrite(OF)).toEqual({ kind: 'blocked', why: expect.stringMatching(sentence) })
      expect(decide(session)).toMatch(sentence)
      expect(await session.account(OF)).toMatchObject({ kind: 'environment' })
      expect(session.listed).not.toBe('deny')
      expect(world.state.problems()).toEqual([expect.stringMatching(sentence)])
    },
  )

  it('between approval and sending refuse what was approved', async () => {
    const session = world.open()
    const permit = await world.approved(session)
    world.write('settings.json', '{')
    expect(session.release({ permit, content: CONTENT })).toEqual({
      kind: 'not_released',
      why: expect.stringMatching(sentence),
    })
  })

  it('that are mended count at once', () => {
    const session = world.open()
    world.write('settings.json', '{')
    expect(decide(session)).toMatch(sentence)
    world.write('settings.json', '{}')
    expect(decide(session)).toBe('ask')
    expect(world.state.problems()).toEqual([])
  })
})
