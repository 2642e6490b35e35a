import { afterEach, beforeEach, expect, it } from 'vitest'
import { withIntegration } from '../../../../shared/policy/settings.ts'
import { surfaceMethods } from '../../../../shared/protocol/surface-methods.ts'
import { openTown, type Town } from '../../../support/mcp/town.ts'
import { SurfaceWorld } from '../../../support/tools/surface-world.ts'

let world: SurfaceWorld
let town: Town
beforeEach(async () => {
  world = new SurfaceWorld()
  town = await openTown()
})
afterEach(() => world.close())

const DEFAULT = { integration: 'mattermost', account: 'default' }
const given = () => ({ url: town.account.url, access_token: town.account.token })
const save = (values: Record<string, string> = given(), more: { unset?: string[]; account?: string } = {}) =>
  world.surface().saveAccount({ ...DEFAULT, values, unset: [], store: 'file', ...more })

it('an account is checked, kept, listed and told of, and its token comes out nowhere', async () => {
  const surface = world.surface()
  const seen: unknown[] = [await surface.integrations({})]
  expect(seen).toMatchObject([
    [{ id: 'mattermost', write: 'ask', read: 'allow', enabled: true, accounts: [] }],
  ])
  const person = {
    server: town.account.url,
    user: '@alice',
    name: null,
    teams: ['engineering'],
    warnings: [],
  }
  seen.push(await surface.checkAccount({ ...DEFAULT, values: given() }))
  expect(seen.at(-1)).toMatchObject(person)
  expect(world.stored.list('mattermost')).toEqual([])
  seen.push(await save({ ...given(), scope: 'engineering/*' }))
  expect(seen.at(-1)).toMatchObject({ person, warnings: [] })
  expect(world.told).toEqual(['account mattermost'])
  expect(world.changes()).toEqual(['account saved · mattermost/default · person (settings-window)'])
  seen.push(await surface.integrations({}))
  expect(seen.at(-1)).toMatchObject([
    { accounts: [{ alias: 'default', store: 'file', url: town.account.url, user: '@alice' }] },
  ])
  seen.push(await surface.accountValues(DEFAULT))
  expect(seen.at(-1)).toEqual({
    values: { url: town.account.url, scope: 'engineering/*' },
    secrets: ['access_token'],
  })
  expect(JSON.stringify(seen)).not.toContain(town.account.token)
  expect(JSON.stringify(world.entries())).not.toContain(town.account.token)
  // What goes over the wire fits what the windows parse.
  for (const [name, result] of [
    ['integrations', seen[0]],
    ['checkAccount', seen[1]],
    ['saveAccount', seen[2]],
    ['accountValues', seen[4]],
  ] as const) {
    expect(surfaceMethods[name].result.safeParse(result).success, name).toBe(true)
  }
})

it('what a form leaves out stays, what it empties goes', async () => {
  await save({ ...given(), scope: 'engineering/*' })
  await save({ scope: '  ' })
  expect(await world.surface().accountValues(DEFAULT)).toEqual({
    values: { url: town.account.url },
    secrets: ['access_token'],
  })
})

it('an account moves to another store by itself, and out of the old one', async () => {
  await save()
  const move = () => world.surface().saveAccount({ ...DEFAULT, values: {}, unset: [], store: 'keychain' })
  // There is no keychain here: it says so, and everything is as it was.
  await expect(move()).rejects.toMatchObject({ code: 'not_configured' })
  expect(world.stored.list('mattermost')).toMatchObject([{ store: 'file' }])
})

it('with nothing to change the account is checked', async () => {
  const nothing = () => world.surface().saveAccount({ ...DEFAULT, values: {}, unset: [], store: null })
  await expect(nothing()).rejects.toMatchObject({ code: 'not_configured' })
  await save()
  expect(await nothing()).toMatchObject({ person: { user: '@alice' } })
})

it('a stored token is sent to no other server, not even to check', async () => {
  const other = await openTown()
  await save()
  for (const call of [
    () => world.surface().checkAccount({ ...DEFAULT, values: { url: other.account.url } }),
    () => save({ url: other.account.url }),
  ]) {
    await expect(call()).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('is sent nowhere else'),
    })
  }
  expect(other.mattermost.requests).toEqual([])
})

it('what the server does not take is not kept', async () => {
  await expect(
    save({ url: town.account.url, access_token: 'wr0ngwr0ngwr0ngwr0ngwr0ng1' }),
  ).rejects.toMatchObject({
    code: 'unauthorized',
  })
  expect(world.stored.list('mattermost')).toEqual([])
  expect(world.told).toEqual([])
  expect(world.changes()).toEqual([])
})

it.each([
  [
    'a field that there is not',
    { password: 'x' },
    {},
    /consists of Server URL, Access Token, .*nothing else/,
  ],
  ['no url', { url: ' ', access_token: 'x' }, {}, /"Server URL" is empty/],
  ['the token taken away', {}, { unset: ['access_token'] }, /No account works without "Access Token"/],
  ['given and taken away', { scope: 'a' }, { unset: ['scope'] }, /given and taken away/],
  ['nothing', {}, {}, /not set up without url .* and access_token/],
  ['a name that is none', { url: 'x' }, { account: 'a b' }, /name of an account/],
])('%s is refused in words of the form', async (_, values, more, sentence) => {
  const refusal = save(values as Record<string, string>, more)
  await expect(refusal).rejects.toThrow(sentence)
  await expect(refusal).rejects.not.toThrow(/--|kosmo /)
})

it('an account is removed once', async () => {
  await save()
  expect(await world.surface().removeAccount(DEFAULT)).toEqual({ removed: true })
  expect(await world.surface().removeAccount(DEFAULT)).toEqual({ removed: false })
  expect(world.changes().slice(1)).toEqual([
    'account removed · mattermost/default · person (settings-window)',
  ])
  await expect(world.surface().accountValues(DEFAULT)).rejects.toMatchObject({ code: 'not_found' })
})

it('places are those that the account is in, whatever it is limited to', async () => {
  const { world: there } = town.mattermost
  const alice = [...there.people.values()].find(({ username }) => username === 'alice')
  const team = [...there.teams.values()][0]
  if (alice === undefined || team === undefined) throw new Error('no town')
  there.addChannel(team, 'secret-plans', { displayName: 'Secret\u202e plans', creator: alice, private: true })
  await save({ ...given(), scope: '@bob' })
  expect(await world.surface().placesOf(DEFAULT)).toEqual([
    {
      team: 'engineering',
      title: 'Engineering',
      channels: [
        { channel: 'off-topic', title: 'Off-Topic', kind: 'public' },
        { channel: 'secret-plans', title: 'Secret plans', kind: 'private' },
        { channel: 'town-square', title: 'Town Square', kind: 'public' },
      ],
    },
  ])
})

it('with settings that cannot be read it says where, and nothing is overwritten', async () => {
  world.write('settings.json', '{ "version": 1, }')
  const line = { code: 'not_configured', message: expect.stringMatching(/settings\.json: line 1, column 17/) }
  expect(() => world.surface().integrations({})).toThrow(expect.objectContaining(line))
  await expect(save()).rejects.toMatchObject(line)
})

it('an integration that there is not', async () => {
  const call = world.surface().checkAccount({ integration: 'constructor', account: 'default', values: {} })
  await expect(call).rejects.toMatchObject({ code: 'not_found' })
  world.set(settings => withIntegration(settings, 'other', {}))
  expect(await world.surface().integrations({})).toHaveLength(1)
})
