import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { isThere, openClientWorld } from '../../../support/clients/client-world.ts'
import { CODEX_FILE, SOMEBODYS } from '../../../support/clients/codex-file.ts'

const NAME = 'kosmokrator-mattermost'
const POST = 'integration__mattermost__mattermost_create_post'

describe('Codex, where none is installed but its folder is there', () => {
  it('is connected with every other byte where it was, and taken out without a trace', async () => {
    const world = openClientWorld()
    world.write(CODEX_FILE, SOMEBODYS, 0o640)
    const plan = await world.plan('codex', 'ask')
    const applied = await world.clients.apply(plan)
    expect(applied).toMatchObject({ kind: 'done', verified: expect.stringMatching(/lists 7 tools/) })
    const after = world.read(CODEX_FILE)
    expect(after.startsWith(`${SOMEBODYS}\n\n[mcp_servers.${NAME}]\n`)).toBe(true)
    expect(statSync(join(world.userHome, CODEX_FILE)).mode & 0o777).toBe(0o640)
    expect(readdirSync(join(world.userHome, '.codex'))).toEqual(['config.toml'])
    expect(await world.uninstall('codex')).toMatchObject({ kind: 'done' })
    expect(world.read(CODEX_FILE)).toBe(SOMEBODYS)
  })

  it('shows exactly the lines that come, and nothing of the secrets of others', async () => {
    const world = openClientWorld()
    world.write(CODEX_FILE, `${SOMEBODYS}\n`)
    const { lines, after = '' } = await world.plan('codex')
    expect(lines.map(({ text }) => text).join('\n')).toBe(after.slice(SOMEBODYS.length + 1, -1))
    expect(JSON.stringify(lines)).not.toMatch(/s3cr3t|npx/)
  })

  it('gets absolute paths, names of variables alone, times beyond our longest wait and no approval for the server', async () => {
    const world = openClientWorld({ waitSeconds: 900 })
    world.write(CODEX_FILE, '')
    const { after = '' } = await world.plan('codex', 'ask')
    const { mcp_servers } = parse(after) as { mcp_servers: Record<string, Record<string, unknown>> }
    const entry = mcp_servers[NAME]
    expect(entry).toMatchObject({
      command: process.execPath,
      args: [
        expect.stringMatching(/^\/.*kosmo\.cjs$/),
        'mcp:serve',
        '--integration=mattermost',
        '--write=ask',
      ],
      env_vars: expect.arrayContaining(['HTTPS_PROXY', 'MATTERMOST_ACCESS_TOKEN', 'MATTERMOST_SCOPE']),
      startup_timeout_sec: 30,
      tool_timeout_sec: 960,
      tools: { [POST]: { approval_mode: 'approve' } },
    })
    // Which Codex will read it is not known.
    expect(entry).not.toHaveProperty('default_tools_approval_mode')
    expect(entry).not.toHaveProperty('env')
  })

  it('is told where our folder is when that is not the usual one', async () => {
    const world = openClientWorld()
    world.write(CODEX_FILE, '')
    const kosmoHome = join(world.root, 'elsewhere')
    Object.assign(world.system, { kosmoHome })
    const { entry } = await world.plan('codex')
    expect(entry).toMatchObject({ env: { KOSMO_HOME: kosmoHome } })
  })

  it('is not touched where it was neither used nor installed', async () => {
    const world = openClientWorld()
    expect(await world.planned('codex')).toMatchObject({ kind: 'refused', code: 'not_installed' })
    expect(isThere(world.userHome, '.codex')).toBe(false)
  })

  it('gets a file where it has none, which goes again with what was made for it', async () => {
    const world = openClientWorld({ variables: { PATH: '', CODEX_HOME: '' } })
    mkdirSync(join(world.userHome, '.codex'))
    await world.clients.apply(await world.plan('codex'))
    expect(statSync(join(world.userHome, CODEX_FILE)).mode & 0o777).toBe(0o600)
    await world.uninstall('codex')
    expect(readdirSync(join(world.userHome, '.codex'))).toEqual([])
    expect(
      readdirSync(join(world.userHome, '.kosmokrator-desktop/clients')).filter(name =>
        name.startsWith('receipt'),
      ),
    ).toEqual([])
  })

  it('connected twice is connected once; another policy changes our lines alone', async () => {
    const world = openClientWorld()
    world.write(CODEX_FILE, SOMEBODYS)
    await world.clients.apply(await world.plan('codex', 'ask'))
    const once = world.read(CODEX_FILE)
    expect(await world.planned('codex', 'ask')).toMatchObject({ kind: 'nothing' })
    const plan = await world.plan('codex', 'deny')
    expect(plan.lines.map(({ sign, text }) => sign + text)).toEqual([
      expect.stringMatching(/^-args = .*--write=ask/),
      expect.stringMatching(/^\+args = .*--write=deny/),
      '-',
      `-[mcp_servers.${NAME}.tools.${POST}]`,
      '-approval_mode = "approve"',
    ])
    await world.clients.apply(plan)
    expect(world.read(CODEX_FILE)).not.toBe(once)
    await world.uninstall('codex')
    expect(world.read(CODEX_FILE)).toBe(SOMEBODYS)
  })

  it('is written through a link, which stays one', async () => {
    const world = openClientWorld()
    const real = world.write('dotfiles/codex.toml', SOMEBODYS)
    mkdirSync(join(world.userHome, '.codex'))
    symlinkSync(real, join(world.userHome, CODEX_FILE))
    await world.clients.apply(await world.plan('codex'))
    expect(readFileSync(real, 'utf8')).toContain(NAME)
    expect(statSync(join(world.userHome, CODEX_FILE)).ino).toBe(statSync(real).ino)
    await world.uninstall('codex')
    expect(readFileSync(real, 'utf8')).toBe(SOMEBODYS)
  })
})

describe('what cannot work', () => {
  it('is taken back, and it is said why', async () => {
    const world = openClientWorld()
    const script = world.write('broken.cjs', 'console.error("kosmo: the moon is full."); process.exit(3)')
    Object.assign(world.system, { program: { node: process.execPath, script } })
    world.write(CODEX_FILE, SOMEBODYS, 0o640)
    const applied = await world.clients.apply(await world.plan('codex'))
    expect(applied).toMatchObject({
      kind: 'rolled-back',
      why: expect.stringMatching(/the moon is full\. .* as it was before/),
    })
    expect(world.read(CODEX_FILE)).toBe(SOMEBODYS)
    expect(statSync(join(world.userHome, CODEX_FILE)).mode & 0o777).toBe(0o640)
    expect(world.clients.list()[0]).toMatchObject({ state: 'installed', hasVanished: false })
  })

  it('is taken back whole where there was no file', async () => {
    const world = openClientWorld()
    Object.assign(world.system, { program: { node: process.execPath, script: '/nowhere/kosmo.cjs' } })
    mkdirSync(join(world.userHome, '.codex'))
    const plan = await world.plan('codex')
    expect(plan.warnings.join()).toMatch(/\/nowhere\/kosmo\.cjs is not there/)
    expect(await world.clients.apply(plan)).toMatchObject({ kind: 'rolled-back' })
    expect(readdirSync(join(world.userHome, '.codex'))).toEqual([])
  })
})
