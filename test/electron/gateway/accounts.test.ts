import { describe, expect, it } from 'vitest'
import { Accounts } from '../../../electron/gateway/accounts.ts'
import type { Environment, Integration } from '../../../electron/integrations/integration.ts'
import { mattermost } from '../../../electron/integrations/mattermost/integration.ts'
import type { BrokerMethods } from '../../../shared/protocol/gateway-methods.ts'
import { DecidingBroker } from '../../support/tools/deciding-broker.ts'
import { makeEnvironment } from '../../support/tools/environment.ts'

type Answer = Awaited<ReturnType<BrokerMethods['account']>>

const URL = 'https://chat.example.test'
const stored = {
  kind: 'account',
  credentials: { url: URL, access_token: 't0ken' },
  variables: { MATTERMOST_PROXY: 'http://proxy.example.test' },
} satisfies Answer

/** Mattermost that only keeps what it was opened with, and a broker that gives these answers, the last one again. */
function setUp(...answers: [Answer | Error, ...(Answer | Error)[]]) {
  const asked: string[] = []
  const broker = new DecidingBroker({
    async account({ integration }) {
      const answer = answers[Math.min(asked.length, answers.length - 1)]
      asked.push(integration)
      if (answer === undefined || answer instanceof Error) throw answer
      return answer
    },
  })
  const opened: { credentials: object; variables: Environment['variables'] }[] = []
  const integration: Integration = {
    ...(mattermost as Integration),
    connect(credentials, { variables }) {
      const service = { credentials, variables }
      opened.push(service)
      return service
    },
  }
  const accounts = new Accounts(broker, makeEnvironment({ MATTERMOST_PROXY: 'http://ours', OTHER: 'ours' }))
  return { accounts, asked, opened, open: () => accounts.service(integration) }
}

describe('an account', () => {
  it('is asked for and opened once, for calls at once too', async () => {
    const { open, asked, opened } = setUp(stored)
    const [first, second] = await Promise.all([open(), open()])
    expect(await open()).toBe(first)
    expect(second).toBe(first)
    expect([asked, opened.length]).toEqual([['mattermost'], 1])
  })

  it('that is stored is opened with its own variables before those of the process', async () => {
    const { open, opened } = setUp(stored)
    await open()
    expect(opened).toEqual([
      {
        credentials: stored.credentials,
        variables: { MATTERMOST_PROXY: 'http://proxy.example.test', OTHER: 'ours' },
      },
    ])
  })

  it('of the environment is opened with that alone: nothing of this process is mixed into it', async () => {
    const variables = { MATTERMOST_URL: URL, MATTERMOST_ACCESS_TOKEN: 't0ken', MATTERMOST_SCOPE: 'eng/*' }
    const { open, opened } = setUp({ kind: 'environment', variables })
    await open()
    expect(opened).toMatchObject([
      { credentials: { url: URL, access_token: 't0ken', scope: 'eng/*' }, variables },
    ])
    expect(opened[0]?.variables).toEqual(variables)
  })

  it('that has changed is asked for anew by the next call; who has it keeps it', async () => {
    const { open, accounts, asked } = setUp(stored, {
      ...stored,
      credentials: { url: URL, access_token: 'new' },
    })
    const before = await open()
    accounts.accountChanged({ integration: 'another' })
    expect(await open()).toBe(before)
    accounts.accountChanged({ integration: 'mattermost' })
    expect(await open()).toMatchObject({ credentials: { access_token: 'new' } })
    expect(before).toMatchObject({ credentials: { access_token: 't0ken' } })
    expect(asked).toHaveLength(2)
  })

  it('that failed is tried anew by the next call', async () => {
    const { open } = setUp(new Error('the broker is gone'), stored)
    await expect(open()).rejects.toThrow('the broker is gone')
    expect(await open()).toMatchObject({ credentials: stored.credentials })
  })

  it('that changes while it fails is not forgotten again', async () => {
    const { open, accounts } = setUp(new Error('old'), stored)
    const old = open()
    accounts.accountChanged({ integration: 'mattermost' })
    const service = await open()
    await expect(old).rejects.toThrow('old')
    expect(await open()).toBe(service)
  })
})

describe('no account', () => {
  const whole = { MATTERMOST_URL: URL, MATTERMOST_ACCESS_TOKEN: 't0ken' }

  it.each([
    [{}, ['MATTERMOST_URL', 'MATTERMOST_ACCESS_TOKEN']],
    [{ ...whole, MATTERMOST_URL: ' ' }, ['MATTERMOST_URL']],
    [{ MATTERMOST_URL: URL }, ['MATTERMOST_ACCESS_TOKEN']],
  ])('with %j says that %j lack, and how to set them', async (variables, lacking) => {
    const { open, opened } = setUp({ kind: 'environment', variables })
    const error: unknown = await open().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'not_configured',
      message: expect.stringMatching(/^Mattermost is not set up.*`kosmo integrations:configure mattermost`/),
    })
    const { message } = error as Error
    expect(message.match(/MATTERMOST_[A-Z_]+/g)).toEqual(lacking)
    expect(message).not.toContain('t0ken')
    expect(opened).toEqual([])
  })

  it('that the broker refuses is told as it says', async () => {
    const { open } = setUp({ kind: 'refused', code: 'not_configured', message: 'The keychain is locked.' })
    await expect(open()).rejects.toMatchObject({ code: 'not_configured', message: 'The keychain is locked.' })
  })

  it('that may be read is told with who refused it', async () => {
    const { open } = setUp({ kind: 'blocked', outcome: { kind: 'blocked', why: 'Reads are refused.' } })
    await expect(open()).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringMatching(/^Reads are refused\./),
    })
  })
})
