import { linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openClientWorld } from '../../../support/clients/client-world.ts'
import { CODEX_FILE, SOMEBODYS } from '../../../support/clients/codex-file.ts'

describe('settings of Codex that must not be touched', () => {
  it.each([
    ['TOML that is broken', 'model = "x"\n[features\nplugins = false\n', 'broken_file', /line 2, column 10/],
    ['servers that are no table', 'mcp_servers = "none"\n', 'broken_file', /mcp_servers is not a table/],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0xfe]), 'unreadable', /not UTF-8/],
  ])('%s', async (_, text, code, why) => {
    const world = openClientWorld()
    const path = world.write(CODEX_FILE, text)
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
    linkSync(world.write(CODEX_FILE, SOMEBODYS), join(world.userHome, 'second'))
    expect(await world.planned('codex')).toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(/hard links/),
    })
  })

  it('a link that leads nowhere, and a folder in its place', async () => {
    const world = openClientWorld()
    mkdirSync(join(world.userHome, '.codex'))
    symlinkSync('/nowhere/at/all', join(world.userHome, CODEX_FILE))
    expect(await world.planned('codex')).toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(/leads nowhere/),
    })
    const other = openClientWorld()
    mkdirSync(join(other.userHome, CODEX_FILE), { recursive: true })
    expect(await other.planned('codex')).toMatchObject({ code: 'unreadable' })
  })

  it.runIf(process.getuid?.() === 0)('a file of another user, who could not write it any more', async () => {
    const world = openClientWorld({ uid: 12_345 })
    world.write(CODEX_FILE, SOMEBODYS)
    expect(await world.planned('codex')).toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(/another user/),
    })
  })

  it('a file that changed after the person looked', async () => {
    const world = openClientWorld()
    const path = world.write(CODEX_FILE, SOMEBODYS)
    const plan = await world.plan('codex')
    writeFileSync(path, `${SOMEBODYS}\n# more`)
    expect(await world.clients.apply(plan)).toMatchObject({ kind: 'refused', code: 'changed_since_shown' })
    expect(world.read(CODEX_FILE)).toBe(`${SOMEBODYS}\n# more`)
  })
})
