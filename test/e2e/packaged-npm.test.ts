import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { version } from '../../package.json'
import { root } from '../setup/paths.mjs'
import { StdioClient } from '../setup/stdio-client.ts'
import { openTown } from '../support/mcp/town.ts'

const run = promisify(execFile)
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kosmo-npm-')))
const env = { ...process.env, npm_config_audit: 'false', npm_config_fund: 'false' }
const user = join(folder, 'user')
let contents: string[] = []

beforeAll(async () => {
  await run(process.execPath, [join(root, 'electron/packaging/npm/make.mjs'), join(folder, 'package')])
  const packed = await run('npm', ['pack', '--json', './package'], { cwd: folder, env })
  const told = JSON.parse(packed.stdout) as { filename: string; files: { path: string }[] }[]
  const [pack] = Array.isArray(told) ? told : Object.values(told as Record<string, (typeof told)[number]>)
  contents = pack?.files.map(({ path }) => path) ?? []
  await run('npm', ['install', '--global', '--prefix', user, `./${pack?.filename}`], { cwd: folder, env })
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('The npm package holds the command line and its papers, and nothing else', () => {
  const programs = [
    'commands.cjs',
    'config-files.cjs',
    'find-originals.cjs',
    'gateway-process.cjs',
    'keychain-helper.cjs',
    'kosmo.1',
    'kosmo.cjs',
    'lua-sandbox.cjs',
    'lua.wasm',
    'solo-gateway.cjs',
    'sqlite3.wasm',
    'through-proxy.cjs',
    'THIRD-PARTY-NOTICES.txt',
  ]
  const papers = ['LICENSE', 'README.md', 'SECURITY.md', 'package.json']
  expect([...contents].sort()).toEqual([...papers, ...programs.map(name => `dist/cli/${name}`)].sort())
})

test('Installed for all projects, it gives its commands and their manual page', () => {
  const names = readdirSync(join(user, 'bin')).sort()
  expect(names).toEqual(['kosmo', 'kosmokrator', 'kosmokrator-desktop'])
  for (const name of names) {
    const said = execFileSync(join(user, 'bin', name), ['--version'], { encoding: 'utf8', env: homeless() })
    expect(said).toContain(version)
  }
  expect(existsSync(join(user, 'share/man/man1/kosmo.1'))).toBe(true)
})

/** The folders of the Nodes that it is made for, as far as they are on this machine. */
const nodes = new Map(
  [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter)].flatMap(place => {
    const program = join(place, 'node')
    if (!existsSync(program)) return []
    return [[/^v\d+/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[0] ?? '', place]]
  }),
)

const homeless = () => ({ HOME: mkdtempSync(join(folder, 'home-')), PATH: process.env.PATH ?? '' })

describe.each(['v20', 'v24'])('On Node %s', node => {
  test.skipIf(!nodes.has(node))('it serves MCP without Electron', async () => {
    const town = await openTown()
    const client = new StdioClient({
      command: join(user, 'bin/kosmokrator-desktop'),
      args: ['mcp:serve', '--integration=mattermost'],
      env: {
        ...homeless(),
        PATH: [nodes.get(node), '/usr/bin', '/bin'].join(delimiter),
        MATTERMOST_URL: town.account.url,
        MATTERMOST_ACCESS_TOKEN: town.account.token,
      },
    })
    await client.initialize()
    expect((await client.call('list_teams')).text).toContain('engineering')
    await client.end()
  })
})
