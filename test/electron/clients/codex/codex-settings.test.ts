import { linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { installRequest, isThere, openClientWorld } from '../../../support/clients/client-world.ts'

const FILE = '.codex/config.toml'
const NAME = 'kosmokrator-mattermost'
const POST = 'integration__mattermost__mattermost_create_post'

const SOMEBODYS = `# my own settings
model = "gpt-6"   # the big one

[mcp_servers.other]  # keep
command = "npx"
env = { TOKEN = "s3cr3t" }

[features]
plugins = false # no`

describe('Codex, where none is installed but its folder is there', () => {
  it('is connected with every other byte where it was, and taken out without a trace', async () => {
    const world = openClientWorld()
    world.write(FILE, SOMEBODYS, 0o640)
    const plan = await world.plan('codex', 'ask')
    const applied = await world.clients.apply(plan)
    expect(applied).toMatchObject({ kind: 'done', verified: expect.stringMatching(/lists 7 tools/) })
    const after = world.read(FILE)
    expect(after.startsWith(`${SOMEBODYS}\n\n[mcp_servers.${NAME}]\n`)).toBe(true)
    expect(statSync(join(world.userHome, FILE)).mode & 0o777).toBe(0o640)
    expect(readdirSync(join(world.userHome, '.codex'))).toEqual(['config.toml'])
    expect(await world.uninstall('codex')).toMatchObject({ kind: 'done' })
    expect(world.read(FILE)).toBe(SOMEBODYS)
  })

  it('shows exactly the lines that come, and nothing of the secrets of others', async () => {
    const world = openClientWorld()
    world.write(FILE, `${SOMEBODYS}\n`)
    const { lines, after = '' } = await world.plan('codex')
    expect(lines.map(({ text }) => text).join('\n')).toBe(after.slice(SOMEBODYS.length + 1, -1))
    expect(JSON.stringify(lines)).not.toMatch(/s3cr3t|npx/)
  })

  it('gets absolute paths, names of variables alone, times beyond our longest wait and no approval for the server', async () => {
    const world = openClientWorld({ waitSeconds: 900 })
    world.write(FILE, '')
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
    world.write(FILE, '')
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
    expect(statSync(join(world.userHome, FILE)).mode & 0o777).toBe(0o600)
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
    world.write(FILE, SOMEBODYS)
    await world.clients.apply(await world.plan('codex', 'ask'))
    const once = world.read(FILE)
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
    expect(world.read(FILE)).not.toBe(once)
    await world.uninstall('codex')
    expect(world.read(FILE)).toBe(SOMEBODYS)
  })

  it('is written through a link, which stays one', async () => {
    const world = openClientWorld()
    const real = world.write('dotfiles/codex.toml', SOMEBODYS)
    mkdirSync(join(world.userHome, '.codex'))
    symlinkSync(real, join(world.userHome, FILE))
    await world.clients.apply(await world.plan('codex'))
    expect(readFileSync(real, 'utf8')).toContain(NAME)
    expect(statSync(join(world.userHome, FILE)).ino).toBe(statSync(real).ino)
    await world.uninstall('codex')
    expect(readFileSync(real, 'utf8')).toBe(SOMEBODYS)
  })
})

describe('settings of Codex that must not be touched', () => {
  it.each([
    ['TOML that is broken', 'model = "x"\n[features\nplugins = false\n', 'broken_file', /line 2, column 10/],
    ['servers that are no table', 'mcp_servers = "none"\n', 'broken_file', /mcp_servers is not a table/],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0xfe]), 'unreadable', /not UTF-8/],
  ])('%s', async (_, text, code, why) => {
    const world = openClientWorld()
    const path = world.write(FILE, text)
    const before = readFileSync(path)
    for (const force of [false, true]) {
      expect(await world.planned('codex', 'deny', { force })).toMatchObject({
        kind: 'refused',
        code,
        message: expect.stringMatching(why),
      })
    }
    expect(readFileSync(path)).toEqual(before)
    expect(world.clients.list()[0]).toMatchObject({ id: 'codex', state: 'broken' })
  })

  it('a file with a second name, which writing would part from it', async () => {
    const world = openClientWorld()
    linkSync(world.write(FILE, SOMEBODYS), join(world.userHome, 'second'))
    expect(await world.planned('codex')).toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(/hard links/),
    })
  })

  it('a link that leads nowhere, and a folder in its place', async () => {
    const world = openClientWorld()
    mkdirSync(join(world.userHome, '.codex'))
    symlinkSync('/nowhere/at/all', join(world.userHome, FILE))
    expect(await world.planned('codex')).toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(/leads nowhere/),
    })
    const other = openClientWorld()
    mkdirSync(join(other.userHome, FILE), { recursive: true })
    expect(await other.planned('codex')).toMatchObject({ code: 'unreadable' })
  })

  it.runIf(process.getuid?.() === 0)('a file of another user, who could not write it any more', async () => {
    const world = openClientWorld({ uid: 12_345 })
    world.write(FILE, SOMEBODYS)
    expect(await world.planned('codex')).toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(/another user/),
    })
  })

  it('a file that changed after the person looked', async () => {
    const world = openClientWorld()
    const path = world.write(FILE, SOMEBODYS)
    const plan = await world.plan('codex')
    writeFileSync(path, `${SOMEBODYS}\n# more`)
    expect(await world.clients.apply(plan)).toMatchObject({ kind: 'refused', code: 'changed_since_shown' })
    expect(world.read(FILE)).toBe(`${SOMEBODYS}\n# more`)
  })
})

describe('an entry of that name', () => {
  const HAND_WRITTEN = `a = 1\n\n[mcp_servers.${NAME}]\ncommand = "/usr/bin/node" # mine\nargs = ["k.cjs", "mcp:serve"]\n\n[tui]\n`

  it('that we did not write is left alone, or replaced by force and put back by undo', async () => {
    const world = openClientWorld()
    world.write(FILE, HAND_WRITTEN)
    expect(await world.planned('codex')).toMatchObject({ kind: 'refused', code: 'foreign_entry' })
    await expect(world.uninstall('codex')).rejects.toThrow(/was not written by KosmoKrator/)
    expect(world.read(FILE)).toBe(HAND_WRITTEN)
    await world.clients.apply(await world.plan('codex', 'deny', { force: true }))
    expect(world.read(FILE)).toMatch(/^a = 1\n\n\[mcp_servers[^#]*\n\n\[tui\]\n$/)
    await world.uninstall('codex')
    expect(world.read(FILE)).toBe(HAND_WRITTEN)
  })

  it.each([
    ['a key', 'tool_timeout_sec = 600', 'tool_timeout_sec = 5', /tool_timeout_sec was changed/],
    [
      'a key of their own',
      'startup_timeout_sec = 30',
      'startup_timeout_sec = 30\nenabled = false',
      /enabled was added/,
    ],
    ['a comment', 'startup_timeout_sec = 30', 'startup_timeout_sec = 30 # enough', /a comment was added/],
    ['a key away', 'startup_timeout_sec = 30\n', '', /startup_timeout_sec was removed/],
  ])('in which somebody changed %s is never overwritten silently', async (_, from, to, why) => {
    const world = openClientWorld()
    const path = world.write(FILE, SOMEBODYS)
    await world.clients.apply(await world.plan('codex'))
    const changed = world.read(FILE).replace(from, to)
    writeFileSync(path, changed)
    expect(await world.planned('codex', 'ask')).toMatchObject({
      code: 'changed_by_person',
      message: expect.stringMatching(why),
    })
    await expect(world.uninstall('codex')).rejects.toThrow(why)
    expect(world.read(FILE)).toBe(changed)
    expect(world.clients.list()[0]).toMatchObject({
      state: 'changed-by-person',
      said: expect.stringMatching(why),
    })
    await world.uninstall('codex', { force: true })
    expect(world.read(FILE)).toBe(SOMEBODYS)
  })

  it('that another program wrote anew, with other line ends and in another order, is still ours', async () => {
    const world = openClientWorld()
    const path = world.write(FILE, `${SOMEBODYS}\n`)
    await world.clients.apply(await world.plan('codex', 'ask'))
    const entry = /\[mcp_servers\.kosmo[\s\S]*$/.exec(world.read(FILE))?.[0] ?? ''
    const [head = '', ...lines] = entry.split('\n\n')[0]?.split('\n') ?? []
    const again = [head, ...lines.reverse()].join('\n')
    writeFileSync(
      path,
      `${SOMEBODYS}\n\n${entry.replace(/^[\s\S]*?\n\n/, `${again}\n\n`)}`.replaceAll('\n', '\r\n'),
    )
    expect(world.clients.list()[0]).toMatchObject({ state: 'connected' })
    expect(await world.planned('codex', 'ask')).toMatchObject({ kind: 'nothing' })
    await world.uninstall('codex')
    expect(world.read(FILE)).toBe(`${SOMEBODYS}\n`.replaceAll('\n', '\r\n'))
  })

  it('that somebody took out is told of, and can be written again', async () => {
    const world = openClientWorld()
    const path = world.write(FILE, SOMEBODYS)
    await world.clients.apply(await world.plan('codex'))
    writeFileSync(path, SOMEBODYS)
    expect(world.clients.list()[0]).toMatchObject({ state: 'installed', hasVanished: true })
    await world.clients.apply(await world.plan('codex'))
    await world.uninstall('codex')
    expect(world.read(FILE)).toBe(SOMEBODYS)
  })

  it('keeps what Codex was told to always allow, names it when the policy gets stricter, and takes it along', async () => {
    const world = openClientWorld()
    const path = world.write(FILE, SOMEBODYS)
    await world.clients.apply(await world.plan('codex', 'ask'))
    const always = `\n[mcp_servers.${NAME}.tools.some_tool]\napproval_mode = "approve"\n`
    writeFileSync(path, world.read(FILE) + always)
    expect(world.clients.list()[0]).toMatchObject({ state: 'connected' })
    const plan = await world.plan('codex', 'deny')
    expect(plan.warnings.join()).toMatch(/keeps “always allow” for some_tool\. Under --write=deny/)
    await world.clients.apply(plan)
    expect(world.read(FILE)).toContain(`[mcp_servers.${NAME}.tools.some_tool]\napproval_mode = "approve"\n`)
    expect(world.clients.list()[0]).toMatchObject({ state: 'connected' })
    expect(await world.planned('codex', 'deny')).toMatchObject({ kind: 'nothing' })
    const undo = world.clients.planUninstall({
      client: 'codex',
      scope: 'user',
      name: undefined,
      force: false,
    })
    expect(undo).toMatchObject({
      kind: 'plan',
      warnings: [expect.stringMatching(/always allow goes with it: some_tool/)],
    })
    await world.uninstall('codex')
    expect(world.read(FILE)).toBe(SOMEBODYS)
  })

  it('stands beside others of ours, each with its account', async () => {
    const world = openClientWorld()
    world.write(FILE, `${SOMEBODYS}\n`)
    await world.clients.apply(await world.plan('codex'))
    const serve = { ...installRequest('codex', 'deny').serve, account: 'work' }
    await world.clients.apply(await world.plan('codex', 'deny', { name: 'work', serve }))
    expect(world.clients.list()[0]).toMatchObject({ state: 'connected', servers: [NAME, 'work'] })
    await expect(world.uninstall('codex')).rejects.toThrow(/several servers of ours/)
    await world.uninstall('codex', { name: NAME })
    await world.uninstall('codex')
    expect(world.read(FILE)).toBe(`${SOMEBODYS}\n`)
  })

  it.each(['codex_apps', 'a b', '-x', '', 'a.b', 'ü'])('called %j is refused', async name => {
    const world = openClientWorld()
    world.write(FILE, '')
    expect(await world.planned('codex', 'deny', { name })).toMatchObject({
      kind: 'refused',
      code: 'bad_name',
    })
  })
})

describe('what cannot work', () => {
  it('is taken back, and it is said why', async () => {
    const world = openClientWorld()
    const script = world.write('broken.cjs', 'console.error("kosmo: the moon is full."); process.exit(3)')
    Object.assign(world.system, { program: { node: process.execPath, script } })
    world.write(FILE, SOMEBODYS, 0o640)
    const applied = await world.clients.apply(await world.plan('codex'))
    expect(applied).toMatchObject({
      kind: 'rolled-back',
      why: expect.stringMatching(/the moon is full\. .* as it was before/),
    })
    expect(world.read(FILE)).toBe(SOMEBODYS)
    expect(statSync(join(world.userHome, FILE)).mode & 0o777).toBe(0o640)
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
