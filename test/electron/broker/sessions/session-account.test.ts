import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../../../electron/broker/sessions/session.ts'
import { Accounts } from '../../../../electron/gateway/accounts.ts'
import type { Integration } from '../../../../electron/integrations/integration.ts'
import { mattermost } from '../../../../electron/integrations/mattermost/integration.ts'
import { KosmoError } from '../../../../shared/errors.ts'
import { withIntegration } from '../../../../shared/policy/settings.ts'
import { makeEnvironment } from '../../../support/tools/environment.ts'
import { OF, SessionWorld } from '../../../support/tools/session-world.ts'

let world: SessionWorld
beforeEach(() => {
  world = new SessionWorld()
})
afterEach(() => world.close())

const whole = { MATTERMOST_URL: 'https://chat.example.test', MATTERMOST_ACCESS_TOKEN: 't0ken' }
type Values = Record<string, string | undefined>

/** Mattermost that only keeps what it was opened with. */
const integration: Integration = { ...(mattermost as Integration), connect: values => values }
const valuesOf = async (session: Session): Promise<Values> => {
  const values = await new Accounts(session, makeEnvironment()).service(integration)
  return values as Values
}
const refusal = async (session: Session): Promise<KosmoError> => {
  const error = await valuesOf(session).catch((thrown: unknown) => thrown)
  if (error instanceof KosmoError) return error
  throw new Error('not refused')
}

describe.each([
  ['alone', true],
  ['with a broker', false],
])('the account of a client %s', (_, solo) => {
  it('is that of the environment, by field', async () => {
    const session = world.open({ solo, variables: whole })
    expect(await valuesOf(session)).toMatchObject({ url: whole.MATTERMOST_URL, access_token: 't0ken' })
    expect(session.who).toMatchObject({ account: 'environment' })
  })

  it('is the stored one where the environment names none', async () => {
    world.accounts.set('mattermost/default', { credentials: { url: 'stored' }, variables: {} })
    expect(await valuesOf(world.open({ solo }))).toEqual({ url: 'stored' })
  })

  it('that lacks everything says what to set', async () => {
    const { code, message } = await refusal(world.open({ solo }))
    expect(code).toBe('not_configured')
    expect(message.match(/MATTERMOST_[A-Z_]+/g)).toEqual(['MATTERMOST_URL', 'MATTERMOST_ACCESS_TOKEN'])
  })

  it('that is not whole in the environment says only what it lacks, and is never made whole', async () => {
    const variables = { MATTERMOST_URL: whole.MATTERMOST_URL }
    const { message } = await refusal(world.open({ solo, variables }))
    expect(message.match(/MATTERMOST_[A-Z_]+/g)).toEqual(['MATTERMOST_ACCESS_TOKEN'])
    world.accounts.set('mattermost/default', { credentials: { url: 'stored' }, variables: {} })
    expect(await valuesOf(world.open({ solo, variables }))).toEqual({ url: 'stored' })
  })

  it('of another name is the stored one of that name, never that of the environment', async () => {
    world.accounts.set('mattermost/work', { credentials: { url: 'work' }, variables: {} })
    expect(await valuesOf(world.open({ solo, account: 'work', variables: whole }))).toEqual({ url: 'work' })
  })

  it('of a name that nobody stored is not known, and no other is taken for it', async () => {
    world.accounts.set('mattermost/default', { credentials: { url: 'stored' }, variables: {} })
    const { code, message } = await refusal(world.open({ solo, account: 'work', variables: whole }))
    expect([code, message]).toEqual(['not_configured', expect.stringContaining('"work"')])
    expect(message).not.toContain('t0ken')
  })

  it('that cannot be read says so, and no other is taken for it', async () => {
    world.accounts.set('mattermost/default', new KosmoError('not_configured', 'The keychain is locked.'))
    const refused = { code: 'not_configured', message: 'The keychain is locked.' }
    expect(await world.open({ solo }).account(OF)).toEqual({ kind: 'refused', ...refused })
    expect(await refusal(world.open({ solo }))).toMatchObject(refused)
  })

  it('is read anew each time: what a person set meanwhile counts', async () => {
    const session = world.open({ solo, account: 'work' })
    expect(await session.account(OF)).toMatchObject({ kind: 'refused' })
    world.accounts.set('mattermost/work', { credentials: { url: 'work' }, variables: {} })
    expect(await session.account(OF)).toMatchObject({ kind: 'account', credentials: { url: 'work' } })
  })

  it.each([{ read: 'deny' }, { enabled: false }] as const)(
    'is not given away where %j is stored',
    async stored => {
      world.set(settings => withIntegration(settings, 'mattermost', stored))
      for (const variables of [undefined, whole]) {
        const answer = await world.open({ solo, variables }).account(OF)
        expect(answer).toMatchObject({
          kind: 'blocked',
          outcome: { why: expect.stringMatching(/read=deny/) },
        })
      }
    },
  )

  it('is given where only writing is denied', async () => {
    world.set(settings => withIntegration(settings, 'mattermost', { write: 'deny' }))
    expect(await world.open({ solo, variables: whole }).account(OF)).toMatchObject({ kind: 'environment' })
  })
})
