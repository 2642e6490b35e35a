import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { newCliHome, runKosmoWith } from '../../../support/cli/run-line.ts'
import { type RawClient, startRaw } from '../../../support/mcp/raw-client.ts'
import { resultText } from '../../../support/mcp/rpc-line.ts'
import { openTown, type Town } from '../../../support/mcp/town.ts'

let town: Town
let home: ReturnType<typeof newCliHome>
let project: string
beforeEach(async () => {
  town = await openTown()
  home = newCliHome(town.account)
  project = mkdtempSync(join(tmpdir(), 'kosmo-project-'))
  mkdirSync(join(project, '.git'))
  onTestFinished(() => rmSync(project, { recursive: true, force: true }))
})

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, text, { mode: 0o600 })
}

const own = (text: string) => write(join(home.place, 'config.yaml'), text)
const ofProject = (text: string) => write(join(project, '.kosmo', 'config.yaml'), text)

const profile = (body: string) => `kosmo:
  mcp_gateway:
    profiles:
      team: # ours
${body.replace(/^/gm, '        ')}
`

const permissions = (write: string) =>
  `kosmo: {integrations: {mattermost: {permissions: {write: ${write}}}}}\n`

/** Starts `mcp:serve` in the project, and gives the names of its tools. */
async function serve(...flags: string[]): Promise<{ client: RawClient; tools: string[] }> {
  const client = startRaw({
    args: ['mcp:serve', ...flags],
    account: town.account,
    cwd: project,
    env: { ...home.variables, PATH: '/usr/bin:/bin' },
  })
  await client.handshake()
  const { result } = await client.request('tools/list')
  return { client, tools: (result as { tools: { name: string }[] }).tools.map(({ name }) => name) }
}

const fails = (...flags: string[]) =>
  runKosmoWith(['mcp:serve', ...flags], { variables: home.variables, cwd: project })

describe('row 45: --profile', () => {
  it('a profile drives the gateway, and a flag goes before it', async () => {
    own(profile('integrations:\n  include: [mattermost]\nwrite_policy: ask'))
    expect((await serve('--profile=team')).tools).toHaveLength(7)
    expect((await serve('--profile=team', '--write=deny')).tools).toHaveLength(6)
  })

  it('one that there is not, or that is wrong, is an error', async () => {
    expect(await fails('--profile=team')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no profile "team"; there are none/),
    })
    own(profile('write_policy: yes'))
    expect(await fails('--profile=other')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/there are "team"/),
    })
    expect(await fails('--profile=team')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/write_policy takes/),
    })
    own('kosmo: [')
    expect(await fails('--profile=team')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/not valid YAML/),
    })
  })
})

describe('row 21: a file of the project can only make things stricter', () => {
  it('its profile lowers what a flag or the own profile says, and raises nothing', async () => {
    ofProject(profile('integrations: mattermost\nwrite_policy: allow'))
    expect((await serve('--profile=team')).tools).toHaveLength(6)
    expect((await serve('--profile=team', '--write=ask')).tools).toHaveLength(7)
    ofProject(profile('write_policy: deny'))
    own(profile('integrations: mattermost\nwrite_policy: ask'))
    expect((await serve('--profile=team')).tools).toHaveLength(6)
    expect((await serve('--profile=team', '--write=allow')).tools).toHaveLength(6)
  })

  it('its permissions hold for every client in it, in folders below too', async () => {
    ofProject(permissions('deny'))
    const { client, tools } = await serve('--integration=mattermost', '--write=allow')
    expect(tools).toHaveLength(6)
    const told = resultText(
      await client.callTool('create_post', { channel_id: '~town-square', message: 'x' }),
    )
    expect(told).toMatch(/a configuration file of this project .*\[blocked\]$/s)
    mkdirSync(join(project, 'below'))
    const call = await runKosmoWith(
      ['integrations:call', 'mattermost.create_post', '--channel-id=~town-square', '--message=x', '--json'],
      { variables: home.variables, cwd: join(project, 'below') },
    )
    expect(call.json()).toMatchObject({ success: false, error: expect.stringMatching(/\[blocked\]$/) })
    expect(town.writes()).toEqual([])
  })

  it('it cannot allow what is denied', async () => {
    ofProject(permissions('allow'))
    expect((await serve('--integration=mattermost')).tools).toHaveLength(6)
  })

  it.each([
    ['kosmo: [', /line \d+ is not valid YAML; nobody knows what it forbids/],
    [permissions('denied'), /permissions\.write takes allow, ask or deny/],
    [
      'a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: &d [*c, *c, *c, *c]\ne: [*d, *d, *d]\n',
      /no write is let through/,
    ],
  ])('one that cannot be read lets no write through: %j', async (text, why) => {
    ofProject(text)
    const { client, tools } = await serve('--integration=mattermost', '--write=allow')
    expect(tools).toHaveLength(6)
    expect(client.stderr).toMatch(why)
  })

  const configure = ['integrations:configure', 'mattermost', '--project', '--read=deny']
  const gateway = ['mcp:serve', '--integration=mattermost']

  it.each([
    ['kosmo: [', gateway],
    ['kosmo: [', [...gateway, '--profile=team']],
    [profile('write_policy: maybe'), [...gateway, '--profile=team']],
    ['kosmo: [', ['integrations:list']],
    ['kosmo: [', configure],
    ['', configure],
  ])('the name of its folder drives no terminal (%j, %j)', async (text, args) => {
    project = join(project, 'cloned\u001b[2J\u202e')
    mkdirSync(join(project, '.git'), { recursive: true })
    ofProject(text)
    const { stdout, stderr } = await runKosmoWith(args, { variables: home.variables, cwd: project })
    expect(stdout + stderr).toContain('cloned')
    expect(stdout + stderr).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
  })

  it('a pipe in its place holds nothing up', async () => {
    mkdirSync(join(project, '.kosmo'))
    execFileSync('mkfifo', [join(project, '.kosmo', 'config.yaml')])
    expect((await serve('--integration=mattermost', '--write=ask')).tools).toHaveLength(6)
  })

  it('row 50: integrations:configure --project writes it, keeps the rest, and takes no account', async () => {
    ofProject('# who made this\nother: 1\nkosmo:\n  integrations:\n    plane: {enabled: true} # theirs\n')
    const configure = (...flags: string[]) =>
      runKosmoWith(['integrations:configure', 'mattermost', '--project', '--json', ...flags], {
        variables: home.variables,
        cwd: project,
      })
    const ran = await configure('--permissions=read:allow,write:deny')
    expect(ran.json()).toMatchObject({
      success: true,
      scope: 'project',
      credentials_set: [],
      permissions: { read: 'allow', write: 'deny' },
    })
    const text = readFileSync(join(project, '.kosmo', 'config.yaml'), 'utf8')
    expect(text).toContain('# who made this')
    expect(text).toContain('plane: {enabled: true} # theirs')
    expect((await serve('--integration=mattermost', '--write=allow')).tools).toHaveLength(6)
    expect(await configure('--set', 'access_token=x')).toMatchObject({ code: 2 })
    ofProject('kosmo: [')
    expect(await configure('--write', 'ask')).toMatchObject({ code: 1 })
    expect(readFileSync(join(project, '.kosmo', 'config.yaml'), 'utf8')).toBe('kosmo: [')
  })
})
