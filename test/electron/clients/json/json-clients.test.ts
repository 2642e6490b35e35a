import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'jsonc-parser'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { CLIENT_IDS, CLIENTS, type ClientId } from '../../../../shared/clients/client-facts.ts'
import { markPath, userPaths } from '../../../../shared/clients/client-paths.ts'
import { openClientWorld } from '../../../support/clients/client-world.ts'

/** What each client's documentation says of a server that it starts. */
const stdio = { type: z.literal('stdio'), command: z.string(), args: z.array(z.string()) }
const env = z.record(z.string(), z.string())

const SCHEMAS: Record<Exclude<ClientId, 'codex'>, [container: string, entry: z.ZodType]> = {
  'claude-code': ['mcpServers', z.strictObject({ ...stdio, env: env.optional(), timeout: z.int() })],
  'claude-desktop': [
    'mcpServers',
    z.strictObject({ command: z.string(), args: stdio.args, env: env.optional() }),
  ],
  cursor: ['mcpServers', z.strictObject({ ...stdio, env: env.optional(), envFile: z.string().optional() })],
  vscode: ['servers', z.strictObject({ ...stdio, env: env.optional(), cwd: z.string().optional() })],
  gemini: [
    'mcpServers',
    z.strictObject({ command: z.string(), args: stdio.args, env: env.optional(), timeout: z.int() }),
  ],
  windsurf: ['mcpServers', z.strictObject({ command: z.string(), args: stdio.args, env: env.optional() })],
  zed: ['context_servers', z.strictObject({ command: z.string(), args: stdio.args, env })],
  opencode: [
    'mcp',
    z.strictObject({
      type: z.literal('local'),
      command: z.array(z.string()).min(2),
      environment: env.optional(),
      enabled: z.literal(true),
      timeout: z.int(),
    }),
  ],
}

const others = CLIENT_IDS.filter(id => id !== 'codex')

const SOMEBODYS = `{
  // mine
  "theme": "dark", // really
  "mcpServers": {"x": {"command": "y", "env": {"TOKEN": "s3cr3t"}}},
}
`

function pathIn(world: ReturnType<typeof openClientWorld>, id: ClientId): string {
  const [path = ''] = userPaths(CLIENTS[id], world.system)
  mkdirSync(dirname(path), { recursive: true })
  mkdirSync(markPath(CLIENTS[id], world.system), { recursive: true })
  return path
}

describe.each(others)('%s', id => {
  it('is connected as its documentation wants it, by a server that works, and taken out without a trace', async () => {
    const world = openClientWorld()
    const path = pathIn(world, id)
    writeFileSync(path, SOMEBODYS)
    chmodSync(path, 0o640)
    const plan = await world.plan(id, 'ask')
    expect(plan.path).toBe(path)
    expect(await world.clients.apply(plan)).toMatchObject({
      kind: 'done',
      verified: expect.stringMatching(/7 tools/),
    })
    const [container, schema] = SCHEMAS[id]
    const text = world.read(path.slice(world.userHome.length))
    const entry = parse(text)[container][plan.name]
    expect(schema.parse(entry)).toEqual(entry)
    expect(text.replace(/^.*\/\/ mine\n/m, '')).toContain('"theme": "dark", // really')
    expect(statSync(path).mode & 0o777).toBe(0o640)
    expect(world.clients.list().find(view => view.id === id)).toMatchObject({
      state: 'connected',
      configPath: path,
    })
    expect(await world.planned(id, 'ask')).toMatchObject({ kind: 'nothing' })
    await world.uninstall(id)
    expect(world.read(path.slice(world.userHome.length))).toBe(SOMEBODYS)
  })

  it('gets a file where it has none, and loses it again', async () => {
    const world = openClientWorld()
    const path = pathIn(world, id)
    const before = readdirSync(dirname(path))
    await world.clients.apply(await world.plan(id))
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(JSON.parse(world.read(path.slice(world.userHome.length)))).toBeTypeOf('object')
    await world.uninstall(id)
    expect(readdirSync(dirname(path)).filter(name => name !== '.kosmokrator-desktop')).toEqual(before)
  })

  it('whose settings are broken is left alone, with the place', async () => {
    const world = openClientWorld()
    const path = pathIn(world, id)
    const broken = '{\n  "a": 1\n  "b": 2\n}\n'
    writeFileSync(path, broken)
    expect(await world.planned(id, 'deny', { force: true })).toMatchObject({
      kind: 'refused',
      code: 'broken_file',
      message: expect.stringMatching(/line 3, column 3/),
    })
    expect(world.read(path.slice(world.userHome.length))).toBe(broken)
  })

  it('is not touched where it is not installed', async () => {
    expect(await openClientWorld().planned(id)).toMatchObject({ kind: 'refused', code: 'not_installed' })
  })

  it('has a project file exactly where its documentation knows one', async () => {
    const world = openClientWorld()
    const planned = await world.planned(id, 'deny', { scope: 'project' })
    if (CLIENTS[id].project === undefined)
      expect(planned).toMatchObject({ kind: 'refused', code: 'no_such_scope' })
    else {
      expect(planned).toMatchObject({ kind: 'plan', trustStep: CLIENTS[id].trustStep })
      if (planned.kind === 'plan') await world.clients.apply(planned)
      await world.uninstall(id, { scope: 'project' })
      expect(readdirSync(world.project)).toEqual(['.git'])
    }
  })
})

describe('settings in JSON', () => {
  it.each([
    ['that are no object', '[]', /holds no object/],
    ['with servers that are no object', '{"mcpServers": []}', /"mcpServers" is no object/],
    ['with two lists of servers', '{"mcpServers": {}, "mcpServers": {}}', /"mcpServers" is in it twice/],
  ])('%s are left alone', async (_, text, why) => {
    const world = openClientWorld()
    world.write('.cursor/mcp.json', text)
    expect(await world.planned('cursor')).toMatchObject({
      code: 'broken_file',
      message: expect.stringMatching(why),
    })
    expect(world.read('.cursor/mcp.json')).toBe(text)
  })

  it('with an entry that somebody changed keep it, and so does undo', async () => {
    const world = openClientWorld()
    const path = world.write('.cursor/mcp.json', '{}\n')
    await world.clients.apply(await world.plan('cursor'))
    const changed = world.read('.cursor/mcp.json').replace('"stdio"', '"stdio", "disabled": true')
    writeFileSync(path, changed)
    expect(await world.planned('cursor')).toMatchObject({
      code: 'changed_by_person',
      message: expect.stringMatching(/disabled was added/),
    })
    await expect(world.uninstall('cursor')).rejects.toThrow(/disabled was added/)
    await world.uninstall('cursor', { force: true })
    expect(world.read('.cursor/mcp.json')).toBe('{}\n')
  })

  it('get a short name for the server where the client cuts names, and it is said so', async () => {
    const world = openClientWorld()
    world.write('.gemini/settings.json', '{}')
    world.write('.claude/x', '')
    expect(await world.plan('gemini')).toMatchObject({
      name: 'kosmo',
      warnings: [expect.stringMatching(/Gemini CLI cuts names at 64/)],
    })
    expect(await world.plan('claude-code')).toMatchObject({ name: 'kosmokrator-mattermost', warnings: [] })
  })

  it('warn of a path that the client would take for a variable', async () => {
    const world = openClientWorld()
    const script = world.write('a$HOME/kosmo.cjs', '')
    Object.assign(world.system, { program: { node: process.execPath, script } })
    world.write('.gemini/settings.json', '{}')
    const { warnings } = await world.plan('gemini')
    expect(warnings.join()).toMatch(/takes "\$" in .* for a variable/)
  })

  it('of opencode are those that are there, of the two that it knows', async () => {
    const world = openClientWorld()
    const path = world.write('.config/opencode/opencode.jsonc', '{}')
    expect(await world.plan('opencode')).toMatchObject({ path })
    expect(join(path, '..', 'opencode.json')).toBe(userPaths(CLIENTS.opencode, world.system)[0])
  })
})
