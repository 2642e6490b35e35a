import { describe, expect, it } from 'vitest'
import { FOREVER, ME, meet, NEW_POST } from './fault.ts'
import { expectError, expectFine, type Rig, withRig } from './rig.ts'

const EVERYTHING = { path: /users|channels|posts|teams/ }

function post(rig: Rig, channel: keyof Rig['channels'] = 'dev') {
  return rig.call('create_post', { channel_id: rig.channels[channel].id, message: 'hello' })
}

describe.concurrent('E. tokens and permissions', () => {
  it('case 61: a token that is refused is told once and not shown to the server again', () =>
    withRig({ token: () => 'wr0ngt0kenwr0ngt0kenwr0ngt', warm: false, recovers: false }, async rig => {
      for (let nth = 0; nth < 10; nth++) {
        const answer = await rig.call(nth % 2 === 0 ? 'get_current_user' : 'list_channels')
        expectError(answer, 'unauthorized', 'did not accept the token', 'HTTP 401')
      }
      const shown = rig.mattermost.requests.filter(({ headers }) => headers.authorization !== undefined)
      // The first call asks for several things at once.
      expect(shown.length).toBeLessThanOrEqual(3)
    }))

  it('case 61: a token that is revoked in the middle is told, and its cookie is not kept', () =>
    withRig({ write: 'allow', recovers: false }, async rig => {
      meet(rig, 61, '401 that removes the cookie', { match: EVERYTHING, times: FOREVER })
      expectError(await rig.call('get_current_user'), 'unauthorized', 'did not accept the token')
      expectError(await post(rig), 'unauthorized')
      expectError(await rig.call('list_channels'), 'unauthorized')
      const shown = rig.mattermost.requests.filter(({ status }) => status === 401)
      expect(shown.length).toBeLessThanOrEqual(2)
      for (const { headers } of rig.mattermost.requests) expect(headers.cookie).toBeUndefined()
      expect(rig.posts()).toEqual([])
    }))

  it('case 61: a server that has lost its database does not make a good token a bad one', () =>
    withRig({}, async rig => {
      rig.mattermost.settings.databaseDown = true
      await rig.mattermost.restart()
      const answer = await rig.call('get_channel', { channel_id: rig.channels.dev.id })
      expectError(answer, 'unavailable', 'lost its database')
      const asked = rig.mattermost.requestsTo('GET', /system\/ping$/)
      expect(asked.map(({ query }) => query)).toContain('get_server_status=true')
      rig.mattermost.settings.databaseDown = false
    }))

  it('case 62: an error that holds the token is told without it', () =>
    withRig({ recovers: false }, async rig => {
      meet(rig, 62, '401 that quotes the token', { match: ME })
      const answer = await rig.call('get_current_user')
      expectError(answer, 'unauthorized', 'did not accept the token')
      expect(answer.text).not.toContain('token=')
    }))

  it('case 62: nor is it shown by a server in developer mode or a proxy that mirrors requests', () =>
    withRig({ write: 'allow', server: { settings: { developerMode: true } } }, async rig => {
      const mirror = (body: string, type: string) => ({
        kind: 'change' as const,
        change: () => ({
          status: 400,
          headers: [['Content-Type', type]] as [string, string][],
          body: Buffer.from(body),
        }),
      })
      const id = `Authorization Bearer ${rig.token}`
      for (const fault of [
        mirror(`you sent ${id}`, 'text/plain'),
        mirror(`<title>${id}</title>`, 'text/html'),
        mirror(JSON.stringify({ id, message: id, detailed_error: id, status_code: 400 }), 'application/json'),
      ]) {
        rig.mattermost.faults.push({ match: ME, fault })
        expect((await rig.call('get_current_user')).isError).toBe(true)
      }
    }))

  it('case 63: an account without a second factor is told so', () =>
    withRig({ recovers: false, warm: false }, async rig => {
      rig.mattermost.settings.mfaRequired = true
      expectError(await rig.call('list_channels'), 'forbidden', 'multi-factor', 'HTTP 403')
    }))

  it('case 63: a channel whose numbers are not shown is shown without them', () =>
    withRig({}, async rig => {
      const answer = await rig.call('get_channel', { channel_id: rig.channels.lounge.id })
      expectFine(answer, 'not shown to this account', 'coffee')
    }))

  it('case 63: who is removed from a channel between two calls is told so; other channels go on', () =>
    withRig({ write: 'allow' }, async rig => {
      expectFine(await rig.call('list_posts', { channel_id: rig.channels.dev.id }))
      rig.world.leave(rig.channels.dev, rig.people.alice)
      const answer = await rig.call('list_posts', { channel_id: rig.channels.dev.id })
      expectError(answer, 'forbidden', 'has not joined')
      expectFine(await rig.call('list_posts', { channel_id: rig.channels.vault.id }), 'signing keys')
      expectError(await post(rig), 'forbidden')
      expect(rig.posted(rig.channels.dev)).toEqual([])
      expectError(
        await rig.call('list_posts', { channel_id: rig.channels.secret.id }),
        '(forbidden|not_found)',
      )
    }))

  it('case 63: posts beyond the history of a plan are named as that', () =>
    withRig({}, async rig => {
      const { id } = rig.world.addPost(rig.channels.dev, rig.people.bob, 'long ago')
      meet(rig, 63, '403 history limit', { match: { method: 'GET', path: /\/posts\/\w+$/ } })
      expectError(await rig.call('get_post', { post_id: id }), 'forbidden', 'history limit')
    }))

  it('case 64: an archived and a read-only channel take no post, and say why', () =>
    withRig({ write: 'allow' }, async rig => {
      expectError(await post(rig, 'old'), 'refused', 'archived')
      expectError(await post(rig, 'readonly'), 'forbidden', 'does not let this account')
      expect(rig.posts().length).toBeLessThanOrEqual(2)
      expect([...rig.posted(rig.channels.old), ...rig.posted(rig.channels.readonly)]).toEqual([])
    }))

  it('case 64: a direct message that the server restricts is not posted', () =>
    withRig(
      { write: 'allow', server: { settings: { version: '11.10.0', restrictDirectMessage: 'team' } } },
      async rig => {
        const { world } = rig
        const stranger = world.addPerson('stranger')
        const direct = world.directChannel(rig.people.alice, stranger)
        const answer = await rig.call('create_post', { channel_id: direct.id, message: 'hello' })
        expectError(answer, 'refused', 'only between members of one team')
        expect(rig.posts().length).toBe(1)
      },
    ))

  it('case 64: the words of a plugin that refuses are quoted, and the post is not tried again', () =>
    withRig({ write: 'allow' }, async rig => {
      meet(rig, 64, 'plugin rejection with free text as id', { match: NEW_POST })
      expectError(
        await post(rig),
        'refused',
        'Its words: "Post rejected by plugin. No <b>swearing</b> please"',
      )
      expect(rig.posts().length).toBe(1)
      expect(rig.posted(rig.channels.dev)).toEqual([])
    }))

  it('case 65: the token of a system administrator works and is warned about', () =>
    withRig({ token: ({ world, people }) => world.token(people.admin) }, async rig => {
      expectFine(await rig.call('get_current_user'), 'system administrator', 'bot account is safer')
    }))
})
