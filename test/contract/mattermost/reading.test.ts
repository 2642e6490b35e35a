import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asker } from './asking.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

let workspace: Workspace
const ask = asker(() => workspace)
const UNKNOWN = 'xxxxxxxxxxxxxxxxxxxxxxxxxx'

beforeAll(async () => {
  workspace = await openWorkspace()
})
afterAll(() => workspace.close())

describe('errors', () => {
  it('a malformed id is 400, an unknown one 404, one outside the route 404 of no route', async () => {
    const [short, unknown, dashed] = [
      await ask('/channels/abc'),
      await ask(`/channels/${UNKNOWN}`),
      await ask('/channels/a-b'),
    ]
    expect([short.status, short.errorId()]).toEqual([400, 'api.context.invalid_url_param.app_error'])
    expect([unknown.status, unknown.errorId()]).toEqual([404, 'app.channel.get.existing.app_error'])
    expect([dashed.status, dashed.errorId()]).toEqual([404, 'api.context.404.app_error'])
  })

  it('the 404 of an unknown route is JSON labelled text/plain, without a request id', async () => {
    const reply = await ask('/nope')
    expect(reply.header('content-type')).toBe('text/plain; charset=utf-8')
    expect(reply.header('x-request-id')).toBeUndefined()
    expect(String(reply.json().detailed_error)).toContain("url='")
  })

  it('a wrong method and HEAD are no route either: 404, never 405', async () => {
    expect((await ask('/users/me/teams', { method: 'DELETE' })).status).toBe(404)
    expect((await ask('/users/me', { method: 'HEAD' })).status).toBe(404)
  })

  it('X-Request-Id is the request_id of the error, detailed_error is blank', async () => {
    const reply = await ask(`/channels/${UNKNOWN}`)
    expect(reply.json()).toMatchObject({
      request_id: reply.header('x-request-id'),
      detailed_error: '',
      status_code: 404,
    })
  })

  it('the text follows Accept-Language, the id does not', async () => {
    const german = await ask(`/channels/${UNKNOWN}`, { headers: { 'accept-language': 'de-DE,de;q=0.9' } })
    const none = await ask(`/channels/${UNKNOWN}`, { headers: { 'accept-language': 'xx' } })
    expect(german.json().message).toBe('Der bestehende Kanal konnte nicht gefunden werden.')
    expect(none.json().message).toBe('Unable to find the existing channel.')
    expect(german.errorId()).toBe(none.errorId())
  })

  it('dots and double slashes are redirected to the cleaned path', async () => {
    for (const path of [
      '/posts/../users/me',
      '/posts/%2e%2e/users/me',
      '/posts/..%2Fusers%2Fme',
      '//users/me',
    ]) {
      const reply = await ask(path)
      expect([reply.status, reply.header('location')?.endsWith('/api/v4/users/me')]).toEqual([301, true])
    }
  })
})

describe('sessions', () => {
  const EXPIRED = 'api.context.session_expired.app_error'

  it('a wrong token and no token have one id; only the wrong one removes the cookie', async () => {
    const wrong = await ask('/users/me', { headers: { authorization: `Bearer ${UNKNOWN}` } })
    const none = await ask('/users/me', { headers: { authorization: '' } })
    expect([wrong.status, wrong.errorId(), none.status, none.errorId()]).toEqual([401, EXPIRED, 401, EXPIRED])
    expect(wrong.header('set-cookie')).toMatch(/^MMAUTHTOKEN=; Path=\/.*; Max-Age=0; HttpOnly$/)
    expect(none.header('set-cookie')).toBeUndefined()
  })

  it('a cookie wins over the header, for good and for bad', async () => {
    const bob = await ask('/users/me', { headers: { cookie: `MMAUTHTOKEN=${workspace.token('bob')}` } })
    const bad = await ask('/users/me', { headers: { cookie: `MMAUTHTOKEN=${UNKNOWN}` } })
    expect(bob.json().username).toBe(workspace.names.bob)
    expect(bad.status).toBe(401)
  })

  it('the scheme is Bearer in any case, or token; two spaces spoil it', async () => {
    const statuses = []
    for (const scheme of ['bearer ', 'BEARER ', 'token ', 'Bearer  ', 'Basic ', '']) {
      statuses.push(
        (await ask('/users/me', { headers: { authorization: scheme + workspace.token('alice') } })).status,
      )
    }
    expect(statuses).toEqual([200, 200, 200, 401, 401, 401])
  })

  it('a good token in the query is refused with an id of its own', async () => {
    const reply = await ask(`/users/me?access_token=${workspace.token('alice')}`, {
      headers: { authorization: '' },
    })
    expect([reply.status, reply.errorId()]).toEqual([401, 'api.context.token_provided.app_error'])
  })
})

describe('people and teams', () => {
  it('If-None-Match with the ETag gives 304 without a body', async () => {
    const etag = (await ask('/users/me')).header('etag') ?? ''
    const reply = await ask('/users/me', { headers: { 'if-none-match': etag } })
    expect([reply.status, reply.text]).toEqual([304, ''])
    expect((await ask('/users/me', { headers: { 'if-none-match': `"${etag}"` } })).status).toBe(200)
  })

  it('users/ids leaves unknown and malformed ids out silently, and refuses an empty list', async () => {
    const { alice, bob } = workspace.ids.people
    const reply = await ask('/users/ids', { body: [bob, UNKNOWN, 'me', alice] })
    expect(new Set(reply.list().map(person => person.id))).toEqual(new Set([alice, bob]))
    expect((await ask('/users/ids', { body: [] })).status).toBe(400)
  })

  it('an upper-case username is a bad parameter', async () => {
    const reply = await ask(`/users/username/${workspace.names.bob.toUpperCase()}`)
    expect([reply.status, reply.errorId()]).toEqual([400, 'api.context.invalid_body_param.app_error'])
  })

  it('plain members get the invite_id but not the e-mail address of their team', async () => {
    const [team] = (await ask('/users/me/teams')).list()
    expect(team).toMatchObject({ name: workspace.ids.teamName, email: '' })
    expect(team?.invite_id).toMatch(/^\w{26}$/)
  })

  it('no team is an empty list', async () => {
    expect((await ask('/users/me/teams', { as: 'carol' })).list()).toEqual([])
  })

  it('an unknown team by name is 404, a hidden one 403', async () => {
    expect((await ask('/teams/name/no-such-team')).status).toBe(404)
    expect((await ask(`/teams/name/${workspace.ids.teamName}`, { as: 'carol' })).status).toBe(403)
    expect((await ask(`/teams/name/${workspace.ids.teamName.toUpperCase()}`)).status).toBe(200)
  })
})

describe('lists of channels', () => {
  it('without any channel the streamed list is broken, and gzip decides on its status', async () => {
    const plain = await ask('/users/me/channels', { as: 'carol' })
    const zipped = await ask('/users/me/channels', { as: 'carol', headers: { 'accept-encoding': 'gzip' } })
    expect([plain.status, zipped.status]).toEqual([200, 404])
    for (const reply of [plain, zipped]) {
      expect(reply.header('content-encoding')).toBeUndefined()
      expect(reply.header('content-type')).toBe('application/json')
      expect(reply.text).toMatch(/^\[\{"id":"app\.channel\.get_channels\.not_found\.app_error".*\}$/)
    }
  })

  it('the list of all teams is ordered by id, one object to a line', async () => {
    const reply = await ask('/users/me/channels')
    const ids = reply.list().map(channel => String(channel.id))
    expect(ids).toEqual([...ids].sort())
    expect(reply.text).toContain('}\n,{')
    expect(reply.text.endsWith('}\n]')).toBe(true)
  })

  it('the list of a team has direct channels too, and archived ones only when asked', async () => {
    const { team, channels } = workspace.ids
    const ids = async (query: string) =>
      (await ask(`/users/me/teams/${team}/channels${query}`)).list().map(known => known.id)
    expect(await ids('')).toContain(channels.direct)
    expect(await ids('')).not.toContain(channels.old)
    expect(await ids('?include_deleted=true')).toContain(channels.old)
    expect((await ask('/users/me/channels?last_delete_at=-1')).status).toBe(400)
  })

  it('the list of an unknown or foreign team is 403', async () => {
    expect((await ask(`/users/me/teams/${UNKNOWN}/channels`)).status).toBe(403)
    expect((await ask(`/users/me/teams/${workspace.ids.team}/channels`, { as: 'carol' })).status).toBe(403)
  })
})

describe('one channel', () => {
  it('an open channel not joined: the channel 200, its stats and posts 403, one of its posts 200', async () => {
    const { lounge } = workspace.ids.channels
    const post = await workspace.say('bob', 'lounge', 'lounge talk')
    const statuses = []
    for (const path of [
      `/channels/${lounge}`,
      `/channels/${lounge}/stats`,
      `/channels/${lounge}/posts`,
      `/posts/${post}`,
    ]) {
      statuses.push((await ask(path)).status)
    }
    expect(statuses).toEqual([200, 403, 403, 200])
  })

  it('a private channel of others: 403 by id, 404 by name; unknown stats are 403', async () => {
    const { channels, team } = workspace.ids
    expect((await ask(`/channels/${channels.secret}`)).status).toBe(403)
    const named = await ask(`/teams/${team}/channels/name/secret`)
    expect([named.status, named.errorId()]).toEqual([404, 'app.channel.get_by_name.missing.app_error'])
    expect((await ask(`/channels/${UNKNOWN}/stats`)).status).toBe(403)
  })

  it('names match in any case; archived ones need include_deleted; direct ones are in every team', async () => {
    const { team, teamName, people, channels } = workspace.ids
    expect((await ask(`/teams/${team}/channels/name/DEV`)).json().id).toBe(channels.dev)
    expect((await ask(`/teams/${team}/channels/name/old`)).status).toBe(404)
    expect((await ask(`/teams/${team}/channels/name/old?include_deleted=true`)).json().id).toBe(channels.old)
    const name = [people.alice, people.bob].sort().join('__')
    expect((await ask(`/teams/name/${teamName}/channels/name/${name}`)).json().id).toBe(channels.direct)
  })

  it('a direct channel has no display name and no team, and `shared` false', async () => {
    const direct = (await ask(`/channels/${workspace.ids.channels.direct}`)).json()
    expect(direct).toMatchObject({ display_name: '', team_id: '', type: 'D', shared: false })
  })

  it('reading leaves a channel unread, posting marks it read', async () => {
    const { dev } = workspace.ids.channels
    const unread = async () => (await ask(`/users/me/channels/${dev}/unread`)).json().msg_count
    await ask('/posts', { body: { channel_id: dev, message: 'now I am up to date' } })
    expect(await unread()).toBe(0)
    await workspace.say('bob', 'dev', 'news')
    await ask(`/channels/${dev}/posts`)
    expect(await unread()).toBe(1)
    const members = (await ask(`/users/me/teams/${workspace.ids.team}/channels/members`)).list()
    const channel = (await ask(`/channels/${dev}`)).json()
    const mine = members.find(member => member.channel_id === dev)
    expect(Number(channel.total_msg_count) - Number(mine?.msg_count)).toBe(1)
  })
})

describe('the system', () => {
  it('ping needs no session, and a bad token does it no harm', async () => {
    expect((await ask('/system/ping', { headers: { authorization: '' } })).json().status).toBe('OK')
    expect((await ask('/system/ping', { headers: { authorization: `Bearer ${UNKNOWN}` } })).status).toBe(200)
  })

  it('the client configuration has texts only, and less of them without a session', async () => {
    const full = (await ask('/config/client?format=old')).json()
    const limited = (
      await ask('/config/client?format=old', { headers: { authorization: `Bearer ${UNKNOWN}` } })
    ).json()
    expect(Object.values(full).every(value => typeof value === 'string')).toBe(true)
    expect(full).toHaveProperty('MaxPostSize')
    expect(limited).toHaveProperty('Version')
    expect(limited).not.toHaveProperty('MaxPostSize')
  })

  it('without format=old the configuration is 501', async () => {
    expect((await ask('/config/client')).status).toBe(501)
  })

  it('only larger bodies are compressed, and the reply says that it varies', async () => {
    const headers = { 'accept-encoding': 'gzip' }
    const large = await ask('/config/client?format=old', { headers })
    const small = await ask('/system/ping', { headers })
    expect([large.header('content-encoding'), large.header('vary')]).toEqual(['gzip', 'Accept-Encoding'])
    expect(small.header('content-encoding')).toBeUndefined()
  })

  it('replies announce neither a connection nor how long it is kept', async () => {
    const reply = await ask('/users/me', { headers: { connection: 'keep-alive' } })
    expect([reply.header('connection'), reply.header('keep-alive')]).toEqual([undefined, undefined])
  })
})
