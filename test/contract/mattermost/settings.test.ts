import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OwnServer, ownServer } from './own-server.ts'

let server: OwnServer
const ME = '/api/v4/users/me'
const UNKNOWN = 'xxxxxxxxxxxxxxxxxxxxxxxxxx'

beforeEach(async () => {
  server = await ownServer()
})
afterEach(() => server.close())

function say(message: string, more: Record<string, unknown> = {}) {
  return server.ask('/api/v4/posts', { body: { channel_id: server.channels.dev.id, message, ...more } })
}

describe('developer and hardened mode', () => {
  it('detailed_error quotes the token of a 401', async () => {
    server.mattermost.settings.developerMode = true
    const refused = await server.ask(ME, { token: UNKNOWN })
    const none = await server.ask(ME, { token: '' })
    expect(refused.json().detailed_error).toBe(`token=${UNKNOWN}`)
    expect(none.json().detailed_error).toBe('UserRequired')
  })

  it('a 5xx says nothing but that, and reserved props stay with 201', async () => {
    server.mattermost.settings.hardened = true
    const failed = (await say('a\0b')).json()
    expect(failed).toMatchObject({
      id: '',
      message: 'Internal Server Error',
      detailed_error: '',
      status_code: 500,
    })
    expect((await say('x', { props: { from_webhook: 'true' } })).status).toBe(201)
  })
})

describe('a database that is down', () => {
  it('401 for a token not seen before, 403 for what needs a channel, 500 for the rest, ping as asked', async () => {
    const { dev } = server.channels
    await server.ask(ME)
    server.mattermost.settings.databaseDown = true
    const statuses: Record<string, number> = {}
    for (const path of [
      ME,
      '/api/v4/users/me/teams',
      `/api/v4/channels/${dev.id}/posts`,
      '/api/v4/system/ping',
    ]) {
      statuses[path.slice(8)] = (await server.ask(path)).status
    }
    expect(statuses).toEqual({
      'users/me': 500,
      'users/me/teams': 500,
      [`channels/${dev.id}/posts`]: 403,
      'system/ping': 200,
    })
    expect((await say('x')).status).toBe(403)
    const bob = server.world.token(server.people.bob)
    expect((await server.ask(ME, { token: bob })).errorId()).toBe('api.context.session_expired.app_error')
    const ping = await server.ask('/api/v4/system/ping?get_server_status=true')
    expect([ping.status, ping.json().status, ping.header('database_status')]).toEqual([
      500,
      'UNHEALTHY',
      'UNHEALTHY',
    ])
  })

  it('after a restart a good token is 401, until the database is back', async () => {
    await server.ask(ME)
    server.mattermost.settings.databaseDown = true
    await server.mattermost.restart()
    expect((await server.ask(ME)).status).toBe(401)
    server.mattermost.settings.databaseDown = false
    expect((await server.ask(ME)).status).toBe(200)
  })

  it('breaks the streamed list: 200 without gzip, 500 with it', async () => {
    await server.ask(ME)
    server.mattermost.settings.databaseDown = true
    const plain = await server.ask('/api/v4/users/me/channels')
    const zipped = await server.ask('/api/v4/users/me/channels', { headers: { 'accept-encoding': 'gzip' } })
    expect([plain.status, zipped.status]).toEqual([200, 500])
    expect(plain.text).toMatch(/^\[\{"id":"app\.channel\.get_channels\.get\.app_error"/)
  })

  it('in mid-stream: 200, a hundred channels, an error object, no comma and no bracket', async () => {
    for (let nth = 0; nth < 100; nth++) {
      server.world.addChannel(server.teams.eng, `c${nth}`, { creator: server.people.alice })
    }
    server.mattermost.settings.streamFailsAfter100 = true
    const reply = await server.ask('/api/v4/users/me/channels')
    expect(reply.status).toBe(200)
    expect(reply.header('transfer-encoding')).toBe('chunked')
    expect(reply.text).toMatch(/}\n{"id":"app\.channel\.get_channels\.get\.app_error".*"status_code":500}$/)
    expect(reply.text.match(/"create_at"/g)).toHaveLength(100)
  })
})

describe('tokens', () => {
  it('of every bad kind have one id', async () => {
    const tokens = (['revoked', 'disabled', 'expired'] as const).map(state =>
      server.world.addToken(server.people.grace, { state }),
    )
    tokens.push(server.world.token(server.people.dave))
    for (const token of tokens) {
      const reply = await server.ask(ME, { token })
      expect([reply.status, reply.errorId()]).toEqual([401, 'api.context.session_expired.app_error'])
    }
  })

  it('of people can be switched off; bots and logins go on', async () => {
    await server.ask(ME)
    server.mattermost.settings.personalTokens = false
    const seen = await server.ask(ME)
    expect([seen.status, seen.header('set-cookie')]).toEqual([401, undefined])
    const unseen = await server.ask(ME, { token: server.world.token(server.people.bob) })
    expect([unseen.status, unseen.header('set-cookie')]).toEqual([401, expect.stringContaining('Max-Age=0')])
    const login = server.world.addToken(server.people.alice, { kind: 'session' })
    expect((await server.ask(ME, { token: login })).status).toBe(200)
    expect((await server.ask(ME, { token: server.world.token(server.people.gwbot) })).status).toBe(200)
  })

  it('MFA: users/me passes, everything else is 403, bots pass', async () => {
    server.mattermost.settings.mfaRequired = true
    expect((await server.ask(ME)).status).toBe(200)
    expect((await server.ask('/api/v4/users/me/teams')).errorId()).toBe('api.context.mfa_required.app_error')
    const bot = server.world.token(server.people.gwbot)
    expect((await server.ask('/api/v4/users/me/teams', { token: bot })).status).toBe(200)
  })
})

describe('posting', () => {
  it('sets the person online unless set_online=false', async () => {
    const { alice } = server.people
    await server.ask('/api/v4/posts?set_online=false', {
      body: { channel_id: server.channels.dev.id, message: 'quiet' },
    })
    expect(alice.online).toBe(false)
    await say('loud')
    expect(alice.online).toBe(true)
  })

  it('a bot gets from_bot, and its post marks nothing read', async () => {
    const token = server.world.token(server.people.gwbot)
    const member = server.channels.dev.members.get(server.people.gwbot.id)
    const before = member?.msgCount
    const reply = await server.ask('/api/v4/posts', {
      token,
      body: { channel_id: server.channels.dev.id, message: 'beep' },
    })
    expect(reply.json().props).toEqual({ from_bot: 'true' })
    expect(member?.msgCount).toBe(before)
  })

  it('a moderated channel is 403 for members, not for its admins; reading is free', async () => {
    const { readonly } = server.channels
    const body = { channel_id: readonly.id, message: 'x' }
    expect((await server.ask('/api/v4/posts', { body })).errorId()).toBe('api.context.permissions.app_error')
    expect((await server.ask(`/api/v4/channels/${readonly.id}/posts`)).status).toBe(200)
    const admin = server.world.token(server.people.admin)
    expect((await server.ask('/api/v4/posts', { token: admin, body })).status).toBe(201)
  })

  it('a plugin refuses with its own words as the id, dismisses, or changes the text', async () => {
    const { settings } = server.mattermost
    settings.plugin = () => ({ kind: 'reject', reason: 'no links' })
    expect((await say('x')).errorId()).toBe('Post rejected by plugin. no links')
    settings.plugin = () => ({ kind: 'dismiss' })
    expect((await say('x')).errorId()).toBe('plugin.message_will_be_posted.dismiss_error')
    settings.plugin = post => ({ kind: 'change', message: `${post.message}!` })
    expect((await say('x')).json().message).toBe('x!')
  })

  it('mentions count for those who are named', async () => {
    const bob = server.channels.dev.members.get(server.people.bob.id)
    const before = bob?.mentionCount ?? 0
    await say('hey @bob, look')
    await say('@channel too')
    expect(bob?.mentionCount).toBe(before + 2)
  })
})

describe('other settings', () => {
  it('archived channels can be hidden: their posts 403, the channel 200', async () => {
    server.mattermost.settings.viewArchived = false
    const { old } = server.channels
    const reply = await server.ask(`/api/v4/channels/${old.id}/posts`)
    expect([reply.status, reply.errorId()]).toEqual([
      403,
      'api.user.view_archived_channels.get_posts_for_channel.app_error',
    ])
    expect((await server.ask(`/api/v4/channels/${old.id}`)).status).toBe(200)
  })

  it('search off is 501, a busy server 503, and posting goes on', async () => {
    server.mattermost.settings.searchEnabled = false
    expect((await server.ask('/api/v4/posts/search', { body: { terms: 'x' } })).status).toBe(501)
    server.mattermost.settings.busy = true
    expect((await server.ask('/api/v4/posts/search', { body: { terms: 'x' } })).status).toBe(503)
    expect((await say('busy')).status).toBe(201)
  })

  it('search gives 100 rows, whatever per_page says', async () => {
    const { dev } = server.channels
    for (let nth = 0; nth < 101; nth++) server.world.addPost(dev, server.people.bob, `haystack ${nth}`)
    for (const per_page of [5, 200]) {
      const reply = await server.ask('/api/v4/posts/search', { body: { terms: 'haystack', per_page } })
      expect(reply.json().order).toHaveLength(100)
    }
  })

  it('compression starts at its size exactly, and off is off', async () => {
    const headers = { 'accept-encoding': 'gzip' }
    const size = (await server.ask(ME)).body.length
    const encoding = async () => (await server.ask(ME, { headers })).header('content-encoding')
    server.mattermost.settings.gzipFromBytes = size + 1
    expect(await encoding()).toBeUndefined()
    server.mattermost.settings.gzipFromBytes = size
    expect(await encoding()).toBe('gzip')
    server.mattermost.settings.gzip = false
    expect(await encoding()).toBeUndefined()
  })

  it('the recorded threshold is 1400 bytes', () => {
    expect(server.mattermost.settings.gzipFromBytes).toBe(1400)
  })

  it('a body over the limit is 400 in 6.x, without anything posted', async () => {
    server.mattermost.settings.maxPayloadBytes = 1000
    const before = server.world.posts.size
    expect((await say('b'.repeat(2000))).errorId()).toBe('api.context.invalid_body_param.app_error')
    expect(server.world.posts.size).toBe(before)
  })

  it('the default language is a setting', async () => {
    server.mattermost.settings.locale = 'de'
    const reply = await server.ask(`/api/v4/channels/${UNKNOWN}`)
    expect(reply.json().message).toBe('Der bestehende Kanal konnte nicht gefunden werden.')
  })

  it('since gives 1000 rows and it is the newest that are missing', async () => {
    const { dev } = server.channels
    const added = Array.from({ length: 1005 }, (_, nth) =>
      server.world.addPost(dev, server.people.bob, `n ${nth}`),
    )
    const since = (added[0]?.createAt ?? 0) - 1
    const { order } = (await server.ask(`/api/v4/channels/${dev.id}/posts?since=${since}`)).json() as {
      order: string[]
    }
    expect(order).toHaveLength(1000)
    expect(order[0]).toBe(added[999]?.id)
  })

  it('per_page over 200 is 200, missing is 60', async () => {
    const { dev } = server.channels
    for (let nth = 0; nth < 201; nth++) server.world.addPost(dev, server.people.bob, `n ${nth}`)
    const count = async (query: string) => {
      const { order } = (await server.ask(`/api/v4/channels/${dev.id}/posts${query}`)).json() as {
        order: string[]
      }
      return order.length
    }
    expect([await count('?per_page=201'), await count('')]).toEqual([200, 60])
  })

  it('users/ids: more than 65535 are 500; known people first, the others by name', async () => {
    const { alice, bob, grace, carol } = server.people
    const many = Array.from({ length: 65_536 }, () => alice.id)
    expect((await server.ask('/api/v4/users/ids', { body: many })).status).toBe(500)
    const asked = { body: [grace.id, bob.id, carol.id, alice.id] }
    const names = async () =>
      (await server.ask('/api/v4/users/ids', asked)).list().map(person => person.username)
    expect(await names()).toEqual(['alice', 'bob', 'carol', 'grace'])
    expect(await names()).toEqual(['grace', 'bob', 'carol', 'alice'])
  })
})
