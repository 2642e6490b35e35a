import { statSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openClients } from '../../electron/clients/clients.ts'
import { offeredIntegrations } from '../../electron/gateway/offered.ts'
import { startBrokerProcess } from '../support/broker/broker-process.ts'
import { auditRows } from '../support/broker/kosmo-audit.ts'
import { installRequest } from '../support/clients/client-world.ts'
import { type CodexPerson, openCodexPerson, type PersonOptions } from '../support/codex/codex-person.ts'
import { codexVersion, installCodex, olderCodexVersions } from '../support/codex/install.ts'
import { startRpcProcess } from '../support/codex/json-lines.ts'
import { call, tool } from '../support/codex/kosmo-entry.ts'
import { openTown } from './town.ts'

const TOOLS = [
  'create_post',
  'get_channel',
  'get_current_user',
  'get_post',
  'list_channels',
  'list_posts',
  'list_teams',
].map(tool)

const people: CodexPerson[] = []

async function open(options: Partial<PersonOptions> = {}): Promise<CodexPerson> {
  const person = await openCodexPerson({ version: codexVersion, ...options })
  people.push(person)
  return person
}

beforeAll(async () => {
  await Promise.all([codexVersion, ...olderCodexVersions].map(version => installCodex(version)))
}, 600_000)

afterEach(async () => {
  for (const person of people.splice(0)) await person.close()
})

describe.each([...olderCodexVersions, codexVersion])('the real Codex %s', version => {
  it('is connected by one command, shows our tools to its model, and has its settings back byte for byte', async () => {
    const person = await open({ version })
    const run = await person.kosmo('mcp:gateway:install', '--write=ask', '--json')
    expect(JSON.parse(run.stdout || run.stderr)).toMatchObject({
      success: true,
      verified: `Codex ${version} reads it, started the server and lists 7 tools.`,
    })
    const config = await person.config()
    expect(config.startsWith(`${person.original}\r\n\r\n[mcp_servers.`)).toBe(true)
    expect(config.includes('default_tools_approval_mode')).toBe(version >= '0.144.0')
    expect(statSync(person.configPath).mode & 0o777).toBe(0o640)

    const { exitCode, tools, stderr } = await person.exec('hello')
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
    const ours = tools.filter(({ namespace }) => /^mcp__kosmo/.test(namespace ?? ''))
    // Whole, and not cut and hashed as an old Codex does with long ones.
    expect(ours.map(({ name }) => name).sort()).toEqual(TOOLS)
    expect(await person.config()).toBe(config)

    expect(await person.kosmo('mcp:gateway:uninstall')).toMatchObject({ exitCode: 0 })
    expect(await person.config()).toBe(person.original)
    expect(person.model.outbound).toEqual([])
  })
})

describe('the real Codex', () => {
  it('starts our server in its own bare environment, and the server finds the broker from there', async () => {
    const town = await openTown()
    const { url, token } = town.account
    const person = await open()
    const home = join(person.home, '.kosmokrator-desktop')
    await mkdir(home, { mode: 0o700 })
    await startBrokerProcess({ home })
    await person.kosmo('mcp:gateway:install')
    const account = { MATTERMOST_URL: url, MATTERMOST_ACCESS_TOKEN: token }
    const { outputs } = await person.exec(call('list_teams'), account)
    expect(outputs).toEqual([expect.stringContaining('Engineering')])
    expect(await auditRows(home)).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'call', client: 'codex-mcp-client' })]),
    )
    expect(await person.kosmo('doctor')).toMatchObject({
      stdout: expect.stringMatching(
        /^ok +Codex .*in the environment that Codex gives it.* at the broker\.$/m,
      ),
    })
    await town.close()
  })

  it('of every version here decides what may be written, an editor’s own among them', async () => {
    const person = await open()
    await person.addEditorCodex('0.143.0')
    const run = await person.kosmo('mcp:gateway:install', '--write=ask')
    expect(run.stderr).toMatch(/The server is called kosmo, since Codex 0\.143\.0 cuts names/)
    expect(await person.config()).not.toContain('default_tools_approval_mode')
    expect(run).toMatchObject({ exitCode: 0 })
  })

  it('keeps what it was told to always allow over another policy, and loses it with our entry', async () => {
    const person = await open()
    await person.kosmo('mcp:gateway:install', '--write=ask')
    const codex = startRpcProcess(
      await installCodex(),
      ['app-server'],
      { cwd: person.home, env: { HOME: person.home, PATH: '/usr/bin:/bin', FAKE_KEY: 'x' } },
      () => undefined,
    )
    await codex.request('initialize', { clientInfo: { name: 'test', version: '0' } })
    codex.notify('initialized')
    await codex.request('config/value/write', {
      keyPath: `mcp_servers.kosmokrator-mattermost.tools.${tool('get_post')}.approval_mode`,
      value: 'approve',
      mergeStrategy: 'upsert',
    })
    await codex.end()
    const written = await person.config()
    expect(written).toContain(`${tool('get_post')}]`)
    const run = await person.kosmo('mcp:gateway:install', '--write=deny')
    expect(run).toMatchObject({ exitCode: 0 })
    expect(run.stderr).toMatch(/keeps “always allow” for integration__mattermost__mattermost_get_post/)
    expect(await person.config()).toContain(`${tool('get_post')}]`)
    expect(await person.kosmo('mcp:gateway:uninstall')).toMatchObject({ exitCode: 0 })
    const left = await person.config()
    expect(left).not.toContain('kosmo')
    // Codex itself ends lines as Unix does when it writes.
    expect(left.replaceAll('\r\n', '\n').trimEnd()).toBe(person.original.replaceAll('\r\n', '\n').trimEnd())
  })

  it('that cannot start with its settings as they are is not touched, and its own words say where', async () => {
    const person = await open({
      more: '\r\n[mcp_servers.bad]\r\ncommand = "x"\r\nstartup_timeout_sec = "soon"',
    })
    const run = await person.kosmo('mcp:gateway:install')
    expect(run).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /does not start with its settings as they are: “invalid type: string "…", expected f64 in `mcp_servers\.bad/,
      ),
    })
    expect(await person.config()).toBe(person.original)
  })

  it('says of settings that are not ours what it would, and is connected all the same', async () => {
    const person = await open({ more: '\r\n[wierd]\r\na = 1' })
    const run = await person.kosmo('mcp:gateway:install')
    expect(run).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/not ours.*unknown configuration field `wierd/),
    })
  })

  it('for which the server does not work gets its settings back, and it is said why', async () => {
    const person = await open()
    const script = join(person.home, 'broken.cjs')
    await writeFile(script, 'process.exit(3)')
    const clients = openClients({
      platform: process.platform,
      userHome: person.home,
      variables: person.env,
      kosmoHome: join(person.home, '.kosmokrator-desktop'),
      programFolders: [],
      cwd: person.workspace,
      uid: process.getuid?.(),
      now: Date.now,
      program: { node: process.execPath, script },
      offered: offeredIntegrations(),
      waitSeconds: undefined,
    })
    const plan = await clients.planInstall(installRequest('codex', 'ask'))
    expect(plan.kind === 'plan' && (await clients.apply(plan))).toMatchObject({
      kind: 'rolled-back',
      why: expect.stringMatching(
        /^Codex could not use the server: “.*” .*config\.toml is as it was before\.$/,
      ),
    })
    expect(await person.config()).toBe(person.original)
    expect(clients.list()[0]).toMatchObject({ state: 'installed', hasVanished: false })
  })

  it('reads a project’s settings only once its person trusts the folder, which stays theirs to say', async () => {
    const person = await open()
    await mkdir(join(person.workspace, '.git'))
    const install = ['mcp:gateway:install', '--scope=project']
    const first = await person.kosmo(...install)
    expect(first.stdout).toMatch(/will read this file once you trust the folder[\s\S]*^To do: .*trust/m)
    expect(await person.config()).toBe(person.original)
    expect((await person.exec('hello')).tools.some(({ namespace }) => /kosmo/.test(namespace ?? ''))).toBe(
      false,
    )
    await person.kosmo('mcp:gateway:uninstall', '--scope=project')
    await writeFile(
      person.configPath,
      `${person.original}\r\n[projects."${person.workspace}"]\r\ntrust_level = "trusted"\r\n`,
    )
    const again = await person.kosmo(...install)
    expect(again.stdout).toMatch(/reads it, started the server and lists 6 tools/)
    expect(again.stdout).not.toMatch(/To do/)
    expect((await person.exec('hello')).tools.some(({ namespace }) => /kosmo/.test(namespace ?? ''))).toBe(
      true,
    )
    expect(await readFile(join(person.workspace, '.codex/config.toml'), 'utf8')).not.toMatch(/trust/)
  })
})
