import { execFile } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../setup/paths.mjs'
import { StdioClient } from '../setup/stdio-client.ts'
import { openTown } from '../support/mcp/town.ts'

const run = promisify(execFile)
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kosmo-npm-')))
const env = { ...process.env, npm_config_audit: 'false', npm_config_fund: 'false' }
let contents: string[] = []

beforeAll(async () => {
  await run(process.execPath, [join(root, 'electron/packaging/npm/make.mjs'), join(folder, 'package')])
  const packed = await run('npm', ['pack', '--json', './package'], { cwd: folder, env })
  const told = JSON.parse(packed.stdout) as { filename: string; files: { path: string }[] }[]
  const [pack] = Array.isArray(told) ? told : Object.values(told as Record<string, (typeof told)[number]>)
  contents = pack?.files.map(({ path }) => path) ?? []
  await run('npm', ['install', '--prefix', join(folder, 'user'), `./${pack?.filename}`], { cwd: folder, env })
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('The npm package holds the command line and its papers, and nothing else', () => {
  const others = contents.filter(path => !/^dist\/cli\/[\w-]+\.(cjs|wasm)$/.test(path))
  expect(others.sort()).toEqual(['LICENSE', 'README.md', 'SECURITY.md', 'package.json'])
  for (const program of ['kosmo', 'commands', 'solo-gateway', 'gateway-process', 'keychain-helper']) {
    expect(contents).toContain(`dist/cli/${program}.cjs`)
  }
})

test.each(['kosmokrator-desktop', 'kosmo', 'kosmokrator'])(
  'Installed, %s serves MCP without Electron',
  async name => {
    const town = await openTown()
    const home = mkdtempSync(join(folder, 'home-'))
    const client = new StdioClient({
      command: join(folder, 'user/node_modules/.bin', name),
      args: ['mcp:serve', '--integration=mattermost'],
      env: {
        HOME: home,
        PATH: process.env.PATH ?? '',
        MATTERMOST_URL: town.account.url,
        MATTERMOST_ACCESS_TOKEN: town.account.token,
      },
    })
    await client.initialize()
    expect((await client.call('list_teams')).text).toContain('engineering')
    await client.end()
  },
)
