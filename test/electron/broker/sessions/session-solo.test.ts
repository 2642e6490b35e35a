import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../../../electron/broker/sessions/session.ts'
import type { FormSurface } from '../../../../electron/gateway/form-surface.ts'
import { Questions } from '../../../../electron/gateway/questions.ts'
import type { FormAnswer } from '../../../../shared/approvals/form.ts'
import type { WriteSubject } from '../../../../shared/approvals/write-subject.ts'
import { withCeiling, withIntegration, withOverride } from '../../../../shared/policy/settings.ts'
import { WRITE_POLICIES } from '../../../../shared/policy/write-policy.ts'
import { fakeWrite } from '../../../support/tools/prepared-write.ts'
import { OF, type SessionSetting, SessionWorld } from '../../../support/tools/session-world.ts'
import { toolCall } from '../../../support/tools/tool-call.ts'

let world: SessionWorld
beforeEach(() => {
  world = new SessionWorld()
})
afterEach(() => world.close())

const open = (setting: SessionSetting = {}): Session => world.open({ client: 'raw', ...setting, solo: true })

type Setting = SessionSetting & {
  /** What the client does with a form; it may move the clock. */
  form?: (clock: { ms: number }, timeoutMs: number) => FormAnswer | Promise<FormAnswer>
  signal?: AbortSignal
}

/** A client that works alone, and how a write of it ends. */
function setUp({ form, signal, ...setting }: Setting = {}) {
  const session = open(setting)
  const clock = { ms: 1_000 }
  const questions = new Questions(session, () => clock.ms)
  world.gateways.set(session.id, questions)
  const waits: number[] = []
  const surface: FormSurface | undefined = form && {
    async ask(_, { timeoutMs }) {
      waits.push(timeoutMs)
      return form(clock, timeoutMs)
    },
  }
  return {
    session,
    waits,
    /** `sent`, or the refusal. */
    async write(subject: Partial<WriteSubject> = {}) {
      const prepared = fakeWrite(subject.text ?? 'hello', { subject })
      const call = toolCall({ clientName: setting.client ?? 'raw', form: surface, ...(signal && { signal }) })
      const decision = await questions.decide(OF, prepared, call)
      if (decision.kind === 'refused') return decision.outcome
      const { permit, write } = decision
      return session.release({ permit, content: write.content }) ?? 'sent'
    },
  }
}

const yes = (): FormAnswer => ({ action: 'accept', content: { decision: 'once' } })

describe('the policy', () => {
  it('deny refuses before anything is looked up, and again when it is asked', async () => {
    const { session, write, waits } = setUp({ write: 'deny', form: yes })
    const why = expect.stringContaining('--write=deny')
    expect(session.mayWrite(OF)).toEqual({ kind: 'blocked', why })
    expect(await write()).toEqual({ kind: 'blocked', why })
    expect(waits).toEqual([])
  })

  it.each(['ask', 'allow'] as const)('%s refuses nothing before it is looked up', write => {
    expect(open({ write }).mayWrite(OF)).toBeNull()
  })

  it('allow lets go without a question', async () => {
    const { write, waits } = setUp({ write: 'allow', form: yes })
    expect(await write()).toBe('sent')
    expect(waits).toEqual([])
  })

  it('allow asks for a wide mention', async () => {
    const { write, waits } = setUp({ write: 'allow', form: yes })
    expect(await write({ wideMentions: ['here'] })).toBe('sent')
    expect(waits).toHaveLength(1)
  })

  it.each([[['here']], [['channel', 'all']]])(
    'allow with %j and nobody to ask is unreachable, and says why it asks',
    async wideMentions => {
      const outcome = await setUp({ write: 'allow' }).write({ wideMentions })
      expect(outcome).toMatchObject({
        kind: 'unreachable',
        why: expect.stringContaining('notifies everybody'),
      })
    },
  )

  it.each(WRITE_POLICIES)('%s is what is listed and holds, whatever the ceiling of an app is', write => {
    for (const ceiling of ['ask', 'allow'] as const) {
      world.set(settings => withCeiling(settings, ceiling))
      const session = open({ write })
      expect([session.listed, session.effective('mattermost')]).toEqual([write, write])
    }
  })
})

describe('what is stored holds without an app as well', () => {
  it('a kill switch that was left on stops what allow would send', async () => {
    world.set(settings => withCeiling(settings, 'deny'))
    const { session, write } = setUp({ write: 'allow', form: yes })
    const why = expect.stringMatching(/switch for all writes is at deny.*kosmo policy ask/)
    expect(session.mayWrite(OF)).toEqual({ kind: 'blocked', why })
    expect(await write()).toEqual({ kind: 'blocked', why })
    expect(session.listed).toBe('allow')
  })

  it('one that is thrown while somebody decides stops what they approve', async () => {
    const { write } = setUp({
      form() {
        world.set(settings => withCeiling(settings, 'deny'))
        return yes()
      },
    })
    expect(await write()).toMatchObject({ kind: 'not_released', why: expect.stringContaining('at deny') })
  })

  it.each(WRITE_POLICIES)('an integration that is set to %s is not exceeded by allow', async policy => {
    world.set(settings => withIntegration(settings, 'mattermost', { write: policy }))
    const { write, waits } = setUp({ write: 'allow', form: yes })
    expect(await write()).toEqual(policy === 'deny' ? { kind: 'blocked', why: expect.any(String) } : 'sent')
    expect(waits).toHaveLength(policy === 'ask' ? 1 : 0)
  })

  it('an integration that is switched off may be neither written to nor read', async () => {
    world.set(settings => withIntegration(settings, 'mattermost', { enabled: false }))
    const session = open({ write: 'allow', variables: { MATTERMOST_URL: 'x' } })
    expect(session.mayWrite(OF)).toMatchObject({ kind: 'blocked' })
    expect(await session.account(OF)).toMatchObject({ kind: 'blocked' })
  })

  it('a wider override of an app gives nothing', () => {
    const policy = 'allow'
    world.set(settings => withOverride(settings, { client: 'raw', workspace: '/home/alice/project', policy }))
    expect(open({ write: 'ask' }).effective('mattermost')).toBe('ask')
    expect(open({ write: 'deny' }).mayWrite(OF)).toMatchObject({ kind: 'blocked' })
  })
})

describe('asking', () => {
  it.each([
    ['codex-mcp-client', 240_000],
    ['raw', 50_000],
    ['codex-mcp-client ', 50_000],
  ])('%j is given time that ends before its own', async (client, timeoutMs) => {
    const { write, waits } = setUp({ client, form: yes })
    expect(await write()).toBe('sent')
    expect(waits).toEqual([timeoutMs])
  })

  it('nobody to ask is unreachable at once, not denied, and tells a person what they can do', async () => {
    const why = expect.stringMatching(
      /cannot show a question.*post it themselves.*kosmo broker.*--write=allow/,
    )
    expect(await setUp().write()).toEqual({ kind: 'unreachable', why })
    expect(world.state.approvals.list()).toEqual([])
  })

  it('a text that is too long for the form is unreachable and never shown', async () => {
    const { write, waits } = setUp({ form: yes })
    const outcome = await write({ text: 'line\n'.repeat(20) })
    expect(outcome).toMatchObject({ kind: 'unreachable', why: expect.stringContaining('too long') })
    expect(waits).toEqual([])
  })

  it('nobody who answers in time is expired, with the seconds', async () => {
    const form = (clock: { ms: number }, timeoutMs: number): FormAnswer => {
      clock.ms += timeoutMs
      throw new Error('Request timed out')
    }
    expect(await setUp({ form }).write()).toEqual({ kind: 'expired', seconds: 50 })
  })

  it('a client that fails sooner is unreachable', async () => {
    const outcome = await setUp({ form: () => Promise.reject(new Error('secret detail')) }).write()
    expect(outcome).toMatchObject({ kind: 'unreachable' })
    expect(JSON.stringify(outcome)).not.toContain('secret detail')
  })

  it.each(['answer', 'failure'])('a call that is gone is cancelled, whatever the %s', async how => {
    const gone = new AbortController()
    const form = (): FormAnswer => {
      gone.abort()
      if (how === 'failure') throw new Error('aborted')
      return yes()
    }
    const { write } = setUp({ form, signal: gone.signal })
    expect(await write()).toEqual({ kind: 'cancelled', by: 'client' })
    expect(world.state.approvals.list()).toEqual([])
  })

  it('a call that was gone before is cancelled and never shown', async () => {
    const { write, waits } = setUp({ form: yes, signal: AbortSignal.abort() })
    expect(await write()).toEqual({ kind: 'cancelled', by: 'client' })
    expect(waits).toEqual([])
  })

  it.each<[FormAnswer['action'], number, string]>([
    ['decline', 149, 'unreachable'],
    ['decline', 150, 'denied'],
    ['cancel', 149, 'unreachable'],
    ['cancel', 150, 'cancelled'],
  ])('a %s after %d ms is %s', async (action, ms, kind) => {
    const form = (clock: { ms: number }): FormAnswer => {
      clock.ms += ms
      return { action }
    }
    expect(await setUp({ form }).write()).toMatchObject({ kind })
  })

  it('two questions at once have an answer each', async () => {
    const answers = [Promise.withResolvers<FormAnswer>(), Promise.withResolvers<FormAnswer>()]
    const { write, waits } = setUp({
      form: () => answers[waits.length - 1]?.promise ?? Promise.reject(new Error('not this one')),
    })
    const [first, second] = [write({ text: 'first' }), write({ text: 'second' })]
    answers[1]?.resolve(yes())
    expect(await second).toBe('sent')
    answers[0]?.resolve({ action: 'accept', content: { decision: 'deny' } })
    expect(await first).toMatchObject({ kind: 'denied' })
  })

  it.each([
    { kind: 'blocked', why: 'says the form' },
    { kind: 'pending_approval', id: 'x', seconds: 60 },
    { kind: 'not_released', why: 'says the form' },
  ] as const)('a form that claims $kind approves nothing', async outcome => {
    const session = open()
    const asking = world.ask(session, { canShowForm: true })
    expect(session.answerForm({ ask: asking.ask, outcome })).toMatchObject({
      kind: 'refused',
      outcome: { kind: 'unreachable' },
    })
  })

  it('a form that nobody asked for approves nothing', () => {
    const answer = open().answerForm({ ask: 'made-up', outcome: { kind: 'approved' } })
    expect(answer).toEqual({ kind: 'refused', outcome: { kind: 'cancelled', by: 'client' } })
  })
})
