import { describe, expect, it } from 'vitest'
import type { Caller, FormSurface } from '../../../electron/broker/broker.ts'
import { createSoloBroker } from '../../../electron/broker/solo-broker.ts'
import type { Integration } from '../../../electron/integrations/integration.ts'
import { mattermost } from '../../../electron/integrations/mattermost/integration.ts'
import type { FormAnswer } from '../../../shared/approvals/form.ts'
import type { WriteSubject } from '../../../shared/approvals/write-subject.ts'
import { KosmoError } from '../../../shared/errors.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'

const subject: WriteSubject = {
  service: 'Mattermost',
  server: 'chat.example.test',
  author: '@alice',
  place: '~town-square',
  channel: 'c'.repeat(26),
  kind: 'public',
  audience: 'Town Square',
  text: 'hello',
  wideMentions: [],
}

type Setting = {
  policy?: WritePolicy
  variables?: Record<string, string | undefined>
  account?: string
  clientName?: string
  /** What the client does with a form; it may move the clock. */
  ask?: (clock: { ms: number }, timeoutMs: number) => Promise<FormAnswer>
  signal?: AbortSignal
}

function setUp(setting: Setting = {}) {
  const { policy = 'ask', variables = {}, account = 'default', clientName = 'raw', ask } = setting
  const clock = { ms: 1_000 }
  const asked: number[] = []
  const broker = createSoloBroker({ policy, account, variables, now: () => clock.ms })
  const form: FormSurface | undefined = ask && {
    ask: (_, { timeoutMs }) => {
      asked.push(timeoutMs)
      return ask(clock, timeoutMs)
    },
  }
  const caller: Caller = { clientName, form, signal: setting.signal ?? new AbortController().signal }
  return {
    broker,
    asked,
    approve(more: Partial<WriteSubject> = {}) {
      const shown = { ...subject, ...more }
      return broker.approve({ wideMentions: shown.wideMentions, describe: async () => shown }, caller)
    },
  }
}

const approving = async (): Promise<FormAnswer> => ({ action: 'accept', content: { decision: 'once' } })

describe('the policy', () => {
  it('deny refuses before anything is looked up, and again when it is asked', async () => {
    const { broker, approve, asked } = setUp({ policy: 'deny', ask: approving })
    expect(broker.refuseWrite()).toMatchObject({
      kind: 'blocked',
      why: expect.stringContaining('--write=deny'),
    })
    expect(await approve()).toMatchObject({ kind: 'blocked' })
    expect(asked).toEqual([])
  })

  it.each(['ask', 'allow'] as const)('%s refuses nothing before it is looked up', policy => {
    expect(setUp({ policy }).broker.refuseWrite()).toBeUndefined()
  })

  it('allow approves without a question', async () => {
    const { approve, asked } = setUp({ policy: 'allow', ask: approving })
    expect(await approve()).toEqual({ kind: 'approved' })
    expect(asked).toEqual([])
  })

  it('allow asks for a wide mention', async () => {
    const { approve, asked } = setUp({ policy: 'allow', ask: approving })
    expect(await approve({ wideMentions: ['here'] })).toEqual({ kind: 'approved' })
    expect(asked).toHaveLength(1)
  })

  it.each([[['here']], [['channel', 'all']]])(
    'allow with %j and nobody to ask is unreachable, and says why it asks',
    async wideMentions => {
      const outcome = await setUp({ policy: 'allow' }).approve({ wideMentions })
      expect(outcome).toMatchObject({
        kind: 'unreachable',
        why: expect.stringContaining('notifies everybody'),
      })
    },
  )
})

describe('asking', () => {
  it.each([
    ['codex-mcp-client', 240_000],
    ['raw', 50_000],
    ['codex-mcp-client ', 50_000],
  ])('%j is given time that ends before its own', async (clientName, timeoutMs) => {
    const { approve, asked } = setUp({ clientName, ask: approving })
    await approve()
    expect(asked).toEqual([timeoutMs])
  })

  it('nobody to ask is unreachable, not denied', async () => {
    expect(await setUp().approve()).toMatchObject({ kind: 'unreachable' })
  })

  it('a text that is too long for the form is unreachable and never shown', async () => {
    const { approve, asked } = setUp({ ask: approving })
    const outcome = await approve({ text: 'line\n'.repeat(20) })
    expect(outcome).toMatchObject({ kind: 'unreachable', why: expect.stringContaining('too long') })
    expect(asked).toEqual([])
  })

  it('nobody who answers in time is expired, with the seconds', async () => {
    const ask = async (clock: { ms: number }, timeoutMs: number): Promise<FormAnswer> => {
      clock.ms += timeoutMs
      throw new Error('Request timed out')
    }
    expect(await setUp({ ask }).approve()).toEqual({ kind: 'expired', seconds: 50 })
  })

  it('a client that fails sooner is unreachable', async () => {
    const ask = (): Promise<FormAnswer> => Promise.reject(new Error('secret detail'))
    const outcome = await setUp({ ask }).approve()
    expect(outcome).toMatchObject({ kind: 'unreachable' })
    expect(JSON.stringify(outcome)).not.toContain('secret detail')
  })

  it.each(['answer', 'failure'])('a call that is gone is cancelled, whatever the %s', async how => {
    const gone = new AbortController()
    const ask = async (): Promise<FormAnswer> => {
      gone.abort()
      if (how === 'failure') throw new Error('aborted')
      return approving()
    }
    expect(await setUp({ ask, signal: gone.signal }).approve()).toEqual({ kind: 'cancelled', by: 'client' })
  })

  it('a call that was gone before is cancelled', async () => {
    const { approve } = setUp({ ask: approving, signal: AbortSignal.abort() })
    expect(await approve()).toEqual({ kind: 'cancelled', by: 'client' })
  })

  it.each([
    [149, 'unreachable'],
    [150, 'denied'],
  ])('a decline after %d ms is %s', async (ms, kind) => {
    const ask = async (clock: { ms: number }): Promise<FormAnswer> => {
      clock.ms += ms
      return { action: 'decline' }
    }
    expect(await setUp({ ask }).approve()).toMatchObject({ kind })
  })
})

describe('credentials', () => {
  const integration = mattermost as Integration
  const whole = { MATTERMOST_URL: 'https://chat.example.test', MATTERMOST_ACCESS_TOKEN: 't0ken' }

  function refusal(setting: Setting): KosmoError {
    try {
      setUp(setting).broker.credentials(integration)
    } catch (error) {
      if (error instanceof KosmoError) return error
    }
    throw new Error('not refused')
  }

  it('are the variables, by field', () => {
    expect(setUp({ variables: whole }).broker.credentials(integration)).toEqual({
      url: whole.MATTERMOST_URL,
      access_token: whole.MATTERMOST_ACCESS_TOKEN,
    })
  })

  it.each([
    [{}, ['MATTERMOST_URL', 'MATTERMOST_ACCESS_TOKEN']],
    [{ ...whole, MATTERMOST_URL: ' ' }, ['MATTERMOST_URL']],
    [{ ...whole, MATTERMOST_ACCESS_TOKEN: undefined }, ['MATTERMOST_ACCESS_TOKEN']],
  ])('with %j lack %j', (variables, lacking) => {
    const { code, message } = refusal({ variables })
    expect(code).toBe('not_configured')
    expect(message.match(/MATTERMOST_[A-Z_]+/g)).toEqual(lacking)
    expect(message).not.toContain('t0ken')
  })

  it('of another account are not known', () => {
    expect(refusal({ account: 'work', variables: whole }).message).toContain('"work"')
  })
})
