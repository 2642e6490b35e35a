import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import manifest from '../../../package.json' with { type: 'json' }
import { OLD_NODE, SECRET } from '../../support/mcp/program.ts'
import { environment, type RawOptions, startRaw, startReady } from '../../support/mcp/raw-client.ts'
import { resultText } from '../../support/mcp/rpc-line.ts'
import { runKosmo } from '../../support/mcp/run-kosmo.ts'
import { openTown } from '../../support/mcp/town.ts'

const serve = (...flags: string[]): string[] => ['mcp:serve', '--integration=mattermost', ...flags]

describe('wrong usage ends with 2, says why on stderr and nothing on stdout', () => {
  it.each([
    [['mcp:serve', '--write=yes'], /--write=yes is none of deny, ask, allow/],
    [['mcp:serve', '--write='], /--write= is none of/],
    [['mcp:serve', '--write=ALLOW'], /is none of/],
    [['mcp:serve', '--write'], /--write/],
    [['mcp:serve', '--write=allow '], /is none of/],
    [['mcp:serve', '--nonsense'], /--nonsense/],
    [['mcp:serve', '--token=x'], /--token/],
    [['mcp:serve', 'mattermost'], /mattermost/],
    [['mcp:serve', '--max-result-chars=999'], /at least 1000/],
    [['mcp:serve', '--max-result-chars=many'], /at least 1000/],
    [['mcp:serve', '--max-result-chars=-5000'], /at least 1000/],
    [['mcp:serve', '--max-result-chars=1e5'], /at least 1000/],
    [['mcp:serve', '--name='], /--name/],
    [['mcp:serve', '--name=a b'], /--name/],
    [['mcp:serve', '--account=../x'], /--account/],
    [['serve'], /no command "serve"/],
  ])('%j', async (args, why) => {
    const run = await runKosmo(args)
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toMatch(why)
    expect(run.stderr.trim().split('\n')).toHaveLength(1)
  })

  it('never shows control characters of a wrong flag', async () => {
    const { code, stderr } = await runKosmo(['mcp:serve', '--write=\u001b[31mred'])
    expect(code).toBe(2)
    expect(stderr).not.toContain('\u001b')
  })
})

describe('help and version', () => {
  it.each([[[]], [['--help']], [['help']], [['mcp:serve', '--help']], [['mcp:serve', '-h']]])(
    '%j ends with 0',
    async args => {
      expect(await runKosmo(args)).toMatchObject({
        code: 0,
        stderr: '',
        stdout: expect.stringMatching(/mcp:serve/),
      })
    },
  )

  it.each([
    ['help', 'policy'],
    ['policy', '--help'],
    ['mcp:serve', '--help'],
    ['help', 'mcp:serve'],
  ])('%s %s is about that command alone', async (...args) => {
    const about = args.find(word => !word.includes('help'))
    const { code, stdout } = await runKosmo(args)
    expect({ code, begins: stdout.startsWith(`kosmo ${about}: `) }).toEqual({
      code: 0,
      begins: true,
    })
    expect(stdout).not.toContain('What happened:')
  })

  it('--version is that of the package', async () => {
    expect((await runKosmo(['--version'])).stdout).toBe(`${manifest.version}\n`)
  })

  it('both names of the program are one file', () => {
    expect(Object.keys(manifest.bin).sort()).toEqual(['kosmo', 'kosmokrator'])
    expect(new Set(Object.values(manifest.bin)).size).toBe(1)
  })
})

describe('which integrations are served', () => {
  it.each([
    [['--integration=mattermost']],
    [['--integration', 'mattermost']],
    [['--integrations=mattermost']],
    [['--integration=mattermost,mattermost', '--integration=mattermost']],
    [['--integration= Mattermost ,']],
  ])('%j: the one, once', async flags => {
    const client = await startReady({ args: ['mcp:serve', ...flags] })
    expect((await client.request('tools/list')).result?.tools).toHaveLength(6)
    expect(client.stderr).toBe('')
  })

  it.each([
    [['--integration=slack,mattermost']],
    [['--integration=slack', '--integration=mattermost']],
    [['--integrations=mattermost', '--integration=slack']],
  ])('%j: the unknown one is named on stderr with the known ones', async flags => {
    const client = await startReady({ args: ['mcp:serve', ...flags] })
    expect((await client.request('tools/list')).result?.tools).toHaveLength(6)
    client.endInput()
    await client.exit
    expect(client.stderr).toMatch(/"slack".*known: mattermost/)
  })

  it.each([[[]], [['--integration=']], [['--integration=slack']], [['--integration=toString']]])(
    '%j: none, so there are no tools, and stderr says so',
    async flags => {
      const client = await startReady({ args: ['mcp:serve', ...flags] })
      expect((await client.request('tools/list')).result).toEqual({ tools: [] })
      client.endInput()
      await client.exit
      expect(client.stderr).toMatch(/no integration is selected.*--integration=mattermost/)
    },
  )
})

describe('flags', () => {
  it('--name is what the server calls itself', async () => {
    const answer = await startRaw({ args: serve('--name=chat') }).handshake()
    expect(answer.result?.serverInfo).toMatchObject({ name: 'chat', title: 'KosmoKrator' })
    expect((await startRaw().handshake()).result?.serverInfo).toMatchObject({ name: 'kosmo' })
  })

  it('--max-result-chars bounds a whole result', async () => {
    const town = await openTown()
    const client = await startReady({ account: town.account, args: serve('--max-result-chars=1000') })
    const answer = await client.callTool('list_posts', { channel_id: '~town-square' })
    expect(answer.result?.isError).toBeUndefined()
    expect(JSON.stringify(answer.result).length).toBeLessThanOrEqual(1_000)
  })
})

describe('it serves wherever a client starts it', () => {
  async function reads(options: RawOptions): Promise<void> {
    const town = await openTown()
    const { HOME: _, ...noHome } = environment(town.account)
    const client = await startReady({ account: town.account, env: noHome, ...options })
    expect((await client.request('tools/list')).result?.tools).toHaveLength(6)
    expect(resultText(await client.callTool('get_current_user'))).toContain('username: alice')
    expect(client.stderr).toBe('')
    client.endInput()
    expect(await client.exit).toEqual({ code: 0, signal: null })
  }

  it('on the Node that runs the tests, without a home directory', () => reads({}))

  it('on the system’s Node', () => reads({ node: OLD_NODE }))

  it('from the root directory', () => reads({ cwd: '/' }))

  it('from a directory that is gone', async () => {
    const gone = mkdtempSync(join(tmpdir(), 'gone-'))
    onTestFinished(() => rmSync(gone, { recursive: true, force: true }))
    const town = await openTown()
    const client = startRaw({ account: town.account, cwd: gone })
    rmSync(gone, { recursive: true })
    await client.handshake()
    expect(resultText(await client.callTool('get_current_user'))).toContain('username: alice')
  })

  it('with the little that Codex leaves of an environment', async () => {
    const town = await openTown()
    const { url, token } = town.account
    const env = {
      HOME: tmpdir(),
      LANG: 'C.UTF-8',
      PATH: '/usr/bin',
      SHELL: '/bin/sh',
      TERM: 'dumb',
      MATTERMOST_URL: url,
      MATTERMOST_ACCESS_TOKEN: token,
    }
    const client = await startReady({ account: town.account, env })
    expect(resultText(await client.callTool('get_current_user'))).toContain('username: alice')
  })

  it('with no environment at all, and says what to set', async () => {
    const client = await startReady({ env: {} })
    expect(resultText(await client.callTool('get_current_user'))).toContain('MATTERMOST_ACCESS_TOKEN')
  })

  it('with the token in no process list', async () => {
    const client = await startReady()
    expect(readFileSync(`/proc/${client.pid}/cmdline`, 'utf8')).not.toContain(SECRET)
  })
})
