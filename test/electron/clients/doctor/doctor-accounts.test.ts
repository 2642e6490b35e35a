import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTown, type Town } from '../../../e2e/town.ts'
import { openDoctorWorld } from '../../../support/clients/doctor-world.ts'

describe('the doctor on an account', () => {
  let town: Town
  beforeEach(async () => {
    town = await openTown()
  })
  afterEach(() => town?.close())

  function worldWith(token: string) {
    const account = { MATTERMOST_URL: town.account.url, MATTERMOST_ACCESS_TOKEN: token }
    return openDoctorWorld({ variables: { PATH: '/usr/bin:/bin', ...account } })
  }

  it('says whose it is by the server’s word, and that the clock is right', async () => {
    const found = await worldWith(town.account.token).findings()
    const said = `The token is that of @${town.me} at ${town.account.url}.`
    expect(found['account.environment']).toMatchObject({ state: 'ok', said })
    expect(found['clock.environment']).toMatchObject({ state: 'ok' })
  })

  it('says so of one that is stored, by its name', async () => {
    const world = openDoctorWorld({ variables: { PATH: '/usr/bin:/bin' } })
    const { url, token } = town.account
    const secret = { credentials: { url, access_token: token }, variables: {} }
    const label = { url, user: undefined }
    await world.doctor.accounts.set('mattermost', 'work', { store: 'file', secret, label })
    expect((await world.findings())['account.work']).toMatchObject({ state: 'ok', title: 'Account work' })
  })

  it('says that the server refuses the token, without it', async () => {
    const found = await worldWith('wr0ngwr0ngwr0ngwr0ngwr0ng1').findings()
    expect(found['account.environment']).toMatchObject({ state: 'fail', todo: expect.any(String) })
    expect(JSON.stringify(found)).not.toMatch(/wr0ng/)
  })

  it('says how far the clock is off', async () => {
    const world = worldWith(town.account.token)
    Object.assign(world.doctor.environment, { now: () => Date.now() - 600_000 })
    expect((await world.findings())['clock.environment']).toMatchObject({
      state: 'warn',
      said: expect.stringMatching(/^It is 10 minutes behind that of http/),
    })
  })

  it('takes a server that is away for no fault of the token', async () => {
    const world = worldWith(town.account.token)
    await town.close()
    const found = (await world.findings())['account.environment']
    expect(found).toMatchObject({ state: 'fail', said: expect.stringContaining(town.account.url.slice(7)) })
    expect(found?.todo).not.toMatch(/variables anew/)
  })
})
