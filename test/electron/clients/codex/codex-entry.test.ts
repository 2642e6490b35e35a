import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { installRequest, openClientWorld } from '../../../support/clients/client-world.ts'
import { CODEX_FILE, SOMEBODYS } from '../../../support/clients/codex-file.ts'

const NAME = 'kosmokrator-mattermost'

describe('an entry of that name', () => {
  const HAND_WRITTEN = `a = 1\n\n[mcp_servers.${NAME}]\ncommand = "/usr/bin/node" # mine\nargs = ["k.cjs", "mcp:serve"]\n\n[tui]\n`

  it('that we did not write is left alone, or replaced by force and put back by undo', async () => {
    const world = openClientWorld()
    world.write(CODEX_FILE, HAND_WRITTEN)
    expect(await world.planned('codex')).toMatchObject({ kind: 'refused', code: 'foreign_entry' })
    await expect(world.uninstall('codex')).rejects.toThrow(/was not written by KosmoKrator/)
    expect(world.read(CODEX_FILE)).toBe(HAND_WRITTEN)
    await world.clients.apply(await world.plan('codex', 'deny', { force: true }))
    expect(world.read(CODEX_FILE)).toMatch(/^a = 1\n\n\[mcp_servers[^#]*\n\n\[tui\]\n$/)
    await world.uninstall('codex')
    expect(world.read(CODEX_FILE)).toBe(HAND_WRITTEN)
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
    const path = world.write(CODEX_FILE, SOMEBODYS)
    await world.clients.apply(await world.plan('codex'))
    const changed = world.read(CODEX_FILE).replace(from, to)
    writeFileSync(path, changed)
    expect(await world.planned('codex', 'ask')).toMatchObject({
      code: 'changed_by_person',
      message: expect.stringMatching(why),
    })
    await expect(world.uninstall('codex')).rejects.toThrow(why)
    expect(world.read(CODEX_FILE)).toBe(changed)
    expect(world.clients.list()[0]).toMatchObject({
      state: 'changed-by-person',
      said: expect.stringMatching(why),
    })
    await world.uninstall('codex', { force: true })
    expect(world.read(CODEX_FILE)).toBe(SOMEBODYS)
  })

  it('that another program wrote anew, with other line ends and in another order, is still ours', async () => {
    const world = openClientWorld()
    const path = world.write(CODEX_FILE, `${SOMEBODYS}\n`)
    await world.clients.apply(await world.plan('codex', 'ask'))
    const entry = /\[mcp_servers\.kosmo[\s\S]*$/.exec(world.read(CODEX_FILE))?.[0] ?? ''
    const [head = '', ...lines] = entry.split('\n\n')[0]?.split('\n') ?? []
    const again = [head, ...lines.reverse()].join('\n')
    writeFileSync(
      path,
      `${SOMEBODYS}\n\n${entry.replace(/^[\s\S]*?\n\n/, `${again}\n\n`)}`.replaceAll('\n', '\r\n'),
    )
    expect(world.clients.list()[0]).toMatchObject({ state: 'connected' })
    expect(await world.planned('codex', 'ask')).toMatchObject({ kind: 'nothing' })
    await world.uninstall('codex')
    expect(world.read(CODEX_FILE)).toBe(`${SOMEBODYS}\n`.replaceAll('\n', '\r\n'))
  })

  it('that somebody took out is told of, and can be written again', async () => {
    const world = openClientWorld()
    const path = world.write(CODEX_FILE, SOMEBODYS)
    await world.clients.apply(await world.plan('codex'))
    writeFileSync(path, SOMEBODYS)
    expect(world.clients.list()[0]).toMatchObject({ state: 'installed', hasVanished: true })
    await world.clients.apply(await world.plan('codex'))
    await world.uninstall('codex')
    expect(world.read(CODEX_FILE)).toBe(SOMEBODYS)
  })

  it('keeps what Codex was told to always allow, names it when the policy gets stricter, and takes it along', async () => {
    const world = openClientWorld()
    const path = world.write(CODEX_FILE, SOMEBODYS)
    await world.clients.apply(await world.plan('codex', 'ask'))
    const always = `\n[mcp_servers.${NAME}.tools.some_tool]\napproval_mode = "approve"\n`
    writeFileSync(path, world.read(CODEX_FILE) + always)
    expect(world.clients.list()[0]).toMatchObject({ state: 'connected' })
    const plan = await world.plan('codex', 'deny')
    expect(plan.warnings.join()).toMatch(/keeps “always allow” for some_tool\. Under --write=deny/)
    await world.clients.apply(plan)
    expect(world.read(CODEX_FILE)).toContain(
      `[mcp_servers.${NAME}.tools.some_tool]\napproval_mode = "approve"\n`,
    )
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
    expect(world.read(CODEX_FILE)).toBe(SOMEBODYS)
  })

  it('stands beside others of ours, each with its account', async () => {
    const world = openClientWorld()
    world.write(CODEX_FILE, `${SOMEBODYS}\n`)
    await world.clients.apply(await world.plan('codex'))
    const serve = { ...installRequest('codex', 'deny').serve, account: 'work' }
    await world.clients.apply(await world.plan('codex', 'deny', { name: 'work', serve }))
    expect(world.clients.list()[0]).toMatchObject({ state: 'connected', servers: [NAME, 'work'] })
    await expect(world.uninstall('codex')).rejects.toThrow(/several servers of ours/)
    await world.uninstall('codex', { name: NAME })
    await world.uninstall('codex')
    expect(world.read(CODEX_FILE)).toBe(`${SOMEBODYS}\n`)
  })

  it.each(['codex_apps', 'a b', '-x', '', 'a.b', 'ü'])('called %j is refused', async name => {
    const world = openClientWorld()
    world.write(CODEX_FILE, '')
    expect(await world.planned('codex', 'deny', { name })).toMatchObject({
      kind: 'refused',
      code: 'bad_name',
    })
  })
})
