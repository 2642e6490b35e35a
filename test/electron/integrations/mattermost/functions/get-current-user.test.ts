import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTools } from '../../../../support/tools/open-tools.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf, textOf } from '../../../../support/tools/outputs.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

describe('get_current_user', () => {
  it('gives the whole profile: user name, email, names, roles, locale', async () => {
    const { user, server, warning } = dataOf(await town.tools.call('get_current_user'))
    expect(user).toMatchObject({
      id: town.people.alice.id,
      username: 'alice',
      email: 'alice@example.test',
      first_name: 'Alice',
      last_name: 'Ärmel',
      nickname: 'ali',
      position: 'Developer',
      roles: ['system_user', 'system_user_access_token'],
      locale: 'en',
    })
    expect(server).toBe(town.mattermost.url)
    expect(warning).toBeUndefined()
    expect(user).not.toHaveProperty('bot')
  })

  it('says the same in its lines', async () => {
    const text = textOf(await town.tools.call('get_current_user'))
    for (const fact of ['alice', 'alice@example.test', 'Ärmel', 'ali', 'system_user_access_token', 'en']) {
      expect(text).toContain(fact)
    }
  })

  it('warns of the token of a system administrator', async () => {
    const result = await town.toolsOf('admin').call('get_current_user')
    expect(dataOf(result).warning).toContain('system administrator')
    expect(textOf(result)).toContain('system administrator')
  })

  it('says that a bot is one', async () => {
    expect(dataOf(await town.toolsOf('gwbot').call('get_current_user')).user).toMatchObject({
      username: 'gwbot',
      bot: true,
    })
  })

  it('takes no arguments and says so', async () => {
    town.calm()
    expect(errorOf(await town.tools.call('get_current_user', { user_id: 'me' }))).toContain('"user_id"')
    expect(await town.asked()).toEqual([])
  })

  it('needs exactly one request', async () => {
    town.calm()
    await town.tools.call('get_current_user')
    expect(town.mattermost.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/v4/users/me',
    ])
  })

  it('says what to do about a token that the server refuses, and never shows it', async () => {
    const token = 'wrongtokenwrongtokenwrongt'
    town.mattermost.settings.developerMode = true
    const error = errorOf(await openTools({ url: town.mattermost.url, token }).call('get_current_user'))
    town.mattermost.settings.developerMode = false
    expect(error).toContain('unauthorized, HTTP 401, api.context.session_expired.app_error')
    expect(error).toContain('Make a new token')
    expect(error).not.toContain(token)
  })
})
