import { expect, it, onTestFinished } from 'vitest'
import { verifyMattermost } from '../../../../electron/integrations/mattermost/verify.ts'
import { CertificateMaker, hasOpenssl } from '../../../support/certificates/openssl.ts'
import { startMattermost } from '../../../support/mattermost/server.ts'
import { openTown } from '../../../support/mcp/town.ts'
import { makeEnvironment } from '../../../support/tools/environment.ts'

function verify(url: string, token: string, more: Record<string, string> = {}, variables = {}) {
  return verifyMattermost({ url, access_token: token, ...more }, makeEnvironment(variables))
}

it('says whose token it is and where, by three reads', async () => {
  const { account, mattermost } = await openTown()
  const url = `${account.url}/engineering/channels/town-square`
  expect(await verify(url, account.token)).toEqual({
    server: account.url,
    user: '@alice',
    name: undefined,
    avatar: expect.stringMatching(/^data:image\/png;base64,iVBOR/),
    teams: ['engineering'],
    warnings: [],
    serverTime: expect.any(Number),
  })
  expect(mattermost.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/v4/users/me',
    'GET /api/v4/users/me/teams',
    expect.stringMatching(/^GET \/api\/v4\/users\/[a-z0-9]{26}\/image$/),
  ])
})

it.each([
  [{ firstName: 'Ada', lastName: 'Lovelace' }, 'Ada Lovelace'],
  [{ firstName: 'Ada', nickname: 'Countess' }, 'Ada'],
  [{ nickname: 'Count\u202eess\n' }, 'Countess'],
  [{}, undefined],
])('the name that people go by: %o', async (names, name) => {
  const { mattermost } = await openTown()
  const ada = mattermost.world.addPerson('ada', names)
  expect((await verify(mattermost.url, mattermost.world.token(ada))).name).toBe(name)
})

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
it.each([
  ['a JPEG', { status: 200, body: Buffer.from('ffd8ffe0', 'hex') }, /^data:image\/jpeg;base64,\/9j\/4A==$/],
  ['a GIF', { status: 200, body: 'GIF89a…' }, /^data:image\/gif;/],
  [
    'what says that it is one',
    { status: 200, body: '<svg onload="x()">', headers: [['Content-Type', 'image/png']] },
  ],
  ['more than 256 kB', { status: 200, body: Buffer.concat([PNG, Buffer.alloc(256 * 1024)]) }],
  ['an error with a picture in it', { status: 403, body: PNG }],
  ['nothing', { status: 404, body: '' }],
] as [string, { status: number; body: string | Buffer; headers?: [string, string][] }, RegExp?][])(
  'a picture that is %s',
  async (_name, reply, url) => {
    const { account, mattermost } = await openTown()
    mattermost.faults.push({ match: { path: /image$/ }, times: 9, fault: { kind: 'reply', ...reply } })
    const { user, avatar } = await verify(account.url, account.token)
    expect(user).toBe('@alice')
    if (url === undefined) expect(avatar).toBeUndefined()
    else expect(avatar).toMatch(url)
  },
)

it('names only teams that the account is limited to, and says where there are none', async () => {
  const { account } = await openTown()
  expect(await verify(account.url, account.token, { scope: 'engineering/*' })).toMatchObject({ warnings: [] })
  const outside = await verify(account.url, account.token, { scope: 'sales' })
  expect(outside.teams).toEqual([])
  expect(outside.warnings.join()).toMatch(/limited to is in no team of @alice/)
})

it('warns of administrators, and of accounts on no team', async () => {
  const { mattermost } = await openTown()
  const root = mattermost.world.addPerson('root', { roles: 'system_user system_admin' })
  const { teams, warnings } = await verify(mattermost.url, mattermost.world.token(root))
  expect(teams).toEqual([])
  expect(warnings.join(' ')).toMatch(/@root is a system administrator.*@root is on no team/)
})

it('a wrong token, and that of a deactivated account', async () => {
  const { account, mattermost } = await openTown()
  const wrong = verify(account.url, 'wr0ngwr0ngwr0ngwr0ngwr0ng1')
  await expect(wrong).rejects.toMatchObject({ code: 'unauthorized' })
  await expect(wrong).rejects.toThrow(/did not accept the token/)
  await expect(wrong).rejects.not.toThrow(/wr0ng/)
  const carol = mattermost.world.addPerson('carol')
  const token = mattermost.world.token(carol)
  mattermost.world.deactivate(carol)
  await expect(verify(account.url, token)).rejects.toMatchObject({
    code: 'unauthorized',
    message: expect.stringMatching(/deactivated/),
  })
})

it('a server that lets a deactivated account in', async () => {
  const { account, mattermost } = await openTown()
  mattermost.faults.push({
    match: { path: /users\/me$/ },
    fault: { kind: 'changeJson', change: body => ({ ...(body as object), delete_at: 5 }) },
  })
  await expect(verify(account.url, account.token)).rejects.toThrow(/says that @alice is deactivated/)
})

it.each([
  ['https://no-such-host.invalid', 'network', /was not found/],
  ['http://127.0.0.1:1', 'network', /refused the connection/],
  ['not a url', 'not_configured', /server URL cannot be used/],
  ['http://chat.example.org', 'not_configured', /plain http/],
])('%s', async (url, code, why) => {
  const failing = verify(url, 'tok3ntok3ntok3n')
  await expect(failing).rejects.toMatchObject({ code, message: expect.stringMatching(why) })
})

it('limits that cannot be read, before anything is sent', async () => {
  const { account, mattermost } = await openTown()
  const failing = verify(account.url, account.token, { scope: 'a/b/c' })
  await expect(failing).rejects.toMatchObject({ code: 'not_configured' })
  await expect(failing).rejects.toThrow(/limits of this account.*a\/b\/c/)
  expect(mattermost.requests).toEqual([])
})

it.each([
  ['a web page', { status: 200, body: '<html><title>Sign in</title></html>' }, /web page titled "Sign in"/],
  ['another API', { status: 200, body: '{"hello":"world"}' }, /./],
])('%s instead of a Mattermost', async (_name, reply, why) => {
  const { account, mattermost } = await openTown()
  mattermost.faults.push({ match: { path: /./ }, times: 9, fault: { kind: 'reply', ...reply } })
  const failing = verify(account.url, account.token)
  await expect(failing).rejects.toMatchObject({ code: 'bad_response', message: expect.stringMatching(why) })
})

it.skipIf(!hasOpenssl())('a certificate that nobody knows, until its authority is given', async () => {
  const maker = new CertificateMaker()
  const certificate = maker.make({ name: 'own', hosts: 'IP:127.0.0.1' })
  const mattermost = await startMattermost({ tls: certificate })
  onTestFinished(() => mattermost.close())
  const token = mattermost.world.token(mattermost.world.addPerson('dora'))
  await expect(verify(mattermost.url, token)).rejects.toMatchObject({ code: 'tls' })
  const variables = { MATTERMOST_CA_FILE: certificate.certFile }
  expect(await verify(mattermost.url, token, {}, variables)).toMatchObject({ user: '@dora' })
})
