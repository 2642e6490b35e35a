import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { parse } from 'smol-toml'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { readInstallFlags } from '../../../../electron/cli/client-settings/install-flags.ts'
import { gatewayExportCommand } from '../../../../electron/cli/commands/gateway-export.ts'
import { gatewayInstallCommand } from '../../../../electron/cli/commands/gateway-install.ts'
import { gatewayUninstallCommand } from '../../../../electron/cli/commands/gateway-uninstall.ts'
import { readServeFlags } from '../../../../electron/cli/serve-flags.ts'
import { serveArgs } from '../../../../shared/clients/serve-args.ts'
import { runProgram } from '../../../support/clients/run-program.ts'
import { builtProgram } from '../../../support/mcp/program.ts'
import { capturedIo } from '../../../support/terminal/captured-io.ts'

const NAME = 'kosmokrator-mattermost'
const SERVE = [builtProgram(), 'mcp:serve', '--integration=mattermost']

let home: string

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'kosmo-gateway-')))
  mkdirSync(join(home, '.codex'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
})

async function kosmo(...args: string[]) {
  const env = { HOME: home, PATH: '/nowhere', MATTERMOST_ACCESS_TOKEN: 's3cr3tt0k3n' }
  const run = await runProgram(process.execPath, [builtProgram(), ...args], { cwd: home, env })
  expect(run.stdout + run.stderr).not.toContain('s3cr3tt0k3n')
  return run
}

function config(): string {
  return readFileSync(join(home, '.codex/config.toml'), 'utf8')
}

describe('kosmo mcp:gateway:export', () => {
  it('prints the JSON of the original, and with --json inside of an answer', async () => {
    const server = { type: 'stdio', command: process.execPath, args: [...SERVE, '--write=deny'] }
    const bare = { mcpServers: { [NAME]: server } }
    const { exitCode, stdout } = await kosmo('mcp:gateway:export')
    expect({ exitCode, printed: JSON.parse(stdout) }).toEqual({ exitCode: 0, printed: bare })
    const wrapped = await kosmo(
      'mcp:gateway:export',
      '--json',
      '--name=x',
      '--write=ask',
      '--max-result-chars=2000',
    )
    const args = [...SERVE, '--write=ask', '--max-result-chars=2000']
    expect(JSON.parse(wrapped.stdout)).toEqual({
      success: true,
      config: { mcpServers: { x: { ...server, args } } },
    })
  })

  it.each([
    ['vscode', 'servers', { type: 'stdio', command: process.execPath }],
    ['opencode', 'mcp', { type: 'local', command: [process.execPath, ...SERVE, '--write=deny'] }],
    ['gemini', 'mcpServers', { command: process.execPath, timeout: 600_000 }],
  ])('prints what %s reads, under a name that it does not cut', (client, container, server) => {
    const io = capturedIo(home)
    expect(gatewayExportCommand([`--client=${client}`], io)).toBe(0)
    const printed = JSON.parse(io.printed().replaceAll(/"[^"]*kosmo\.cjs"/g, JSON.stringify(SERVE[0])))
    expect(printed).toEqual({ [container]: { kosmo: expect.objectContaining(server) } })
  })

  it('prints TOML for Codex, and the command for a shell', async () => {
    const toml = parse((await kosmo('mcp:gateway:export', '--format=toml', '--account=work')).stdout)
    expect(toml).toMatchObject({
      mcp_servers: {
        [NAME]: { command: process.execPath, args: [...SERVE, '--write=deny', '--account=work'] },
      },
    })
    expect((await kosmo('mcp:gateway:export', '--format=command')).stdout).toBe(
      `${[process.execPath, ...SERVE, '--write=deny'].join(' ')}\n`,
    )
  })

  it.each([
    [['--write=maybe'], /--write=maybe is none of deny, ask, allow/],
    [['--integration=slack'], /there is no integration "slack"/],
    [['--max-result-chars=9'], /at least 1000/],
    [['--format=yaml'], /--format is none of/],
    [['--upstream=x'], /Unknown option '--upstream'/],
    [['--scope=project'], /Unknown option '--scope'/],
    [['--name=a b'], /--name takes/],
    [['codex'], /no words besides flags/],
  ])('refuses %j, which no client would tell anybody of', async (args, why) => {
    const io = capturedIo(home)
    expect(gatewayExportCommand(args, io)).toBe(2)
    expect(io.printed()).toBe('')
    expect(io.complained()).toMatch(why)
  })

  it('writes arguments that the server reads as they were meant', () => {
    const options = fc.record({
      integrations: fc.constant<string[]>(['mattermost']),
      write: fc.constantFrom('deny' as const, 'ask' as const, 'allow' as const),
      account: fc.stringMatching(/^[\w.-]{1,64}$/),
      maxResultCharacters: fc.integer({ min: 1_000, max: 999_999_999 }),
      name: fc.constant<string>('kosmo'),
    })
    fc.assert(
      fc.property(options, wanted => {
        const [command, ...args] = serveArgs(wanted)
        expect(command).toBe('mcp:serve')
        expect(readServeFlags(args, ['mattermost'])).toEqual({
          kind: 'options',
          options: wanted,
          warnings: [],
        })
        expect(readInstallFlags(args, {}, ['mattermost'])).toMatchObject({ kind: 'flags', serve: wanted })
      }),
    )
  })
})

describe('kosmo mcp:gateway:install', () => {
  it('shows the lines with --dry-run and writes nothing', async () => {
    writeFileSync(join(home, '.codex/config.toml'), 'a = 1\n')
    const run = await kosmo('mcp:gateway:install', '--dry-run', '--write', 'ask')
    expect(run).toMatchObject({ exitCode: 0 })
    expect(run.stdout).toMatch(/^\+ args = .*"--write=ask"\]$/m)
    expect(run.stdout).toMatch(/Nothing was written\.\n$/)
    expect(config()).toBe('a = 1\n')
  })

  it('connects Codex, says how it can be undone, and changes nothing the second time', async () => {
    writeFileSync(join(home, '.codex/config.toml'), 'a = 1')
    const first = await kosmo('mcp:gateway:install')
    expect(first).toMatchObject({ exitCode: 0 })
    expect(first.stdout).toMatch(/^Codex is connected\. .*lists 6 tools.*$/m)
    expect(first.stdout).toMatch(/^Undo: kosmo mcp:gateway:uninstall$/m)
    const written = config()
    expect(await kosmo('mcp:gateway:install')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/connected already/),
    })
    expect(config()).toBe(written)
    expect(await kosmo('mcp:gateway:uninstall')).toMatchObject({ exitCode: 0 })
    expect(config()).toBe('a = 1')
    expect(await kosmo('mcp:gateway:uninstall')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/has no server/),
    })
  })

  it('answers in JSON with the keys of the original', async () => {
    const run = await kosmo('mcp:gateway:install', '--json', '--write=ask')
    expect(JSON.parse(run.stdout)).toMatchObject({
      success: true,
      server: NAME,
      path: join(home, '.codex/config.toml'),
      config: { mcpServers: { [NAME]: { type: 'stdio', command: process.execPath } } },
      changed: true,
      backup: null,
      verified: expect.stringMatching(/7 tools/),
    })
    const gone = JSON.parse((await kosmo('mcp:gateway:uninstall', '--json')).stdout)
    expect(gone).toMatchObject({ success: true, server: NAME, changed: true })
  })

  it('fails in words, and in JSON where that is asked for, without touching a broken file', async () => {
    writeFileSync(join(home, '.codex/config.toml'), '[x\n')
    expect(await kosmo('mcp:gateway:install')).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/cannot be understood at line 1, column 3/),
    })
    const run = await kosmo('mcp:gateway:install', '--json')
    expect({ code: run.exitCode, said: JSON.parse(run.stdout) }).toMatchObject({
      code: 1,
      said: { success: false, error: { message: expect.stringMatching(/line 1/) } },
    })
    expect(config()).toBe('[x\n')
  })

  it('prints the step that only the person can take in a project', async () => {
    mkdirSync(join(home, 'project/.git'), { recursive: true })
    const env = { HOME: home, PATH: '/nowhere' }
    const cwd = join(home, 'project')
    const there = await runProgram(
      process.execPath,
      [builtProgram(), 'mcp:gateway:install', '--scope=project'],
      { cwd, env },
    )
    expect(there.stdout).toMatch(/^To do: Codex reads this file only in a folder that you trust/m)
    expect(readFileSync(join(cwd, '.codex/config.toml'), 'utf8')).not.toMatch(/trust/)
  })

  it.each([
    [['--client=emacs'], /--client is none of codex, claude-code/],
    [['--scope=world'], /--scope is none of user, project/],
    [['--client=windsurf', '--scope=project'], /Windsurf has no settings for one project/],
    [['--write=yes'], /none of deny, ask, allow/],
    [['--wirte=ask'], /Unknown option/],
    [['--name='], /--name needs a value/],
  ])('refuses %j as wrong usage', async (args, why) => {
    for (const command of [gatewayInstallCommand, gatewayUninstallCommand]) {
      const io = capturedIo(home)
      expect(await command(args, io)).toBe(2)
      expect(io.complained()).toMatch(why)
    }
  })

  it('takes the home folder for no project: its settings are the person’s own', async () => {
    expect(await kosmo('mcp:gateway:install', '--scope=project')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/are your own settings/),
    })
  })
})
