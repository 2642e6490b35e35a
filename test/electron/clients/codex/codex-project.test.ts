import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isThere, openClientWorld } from '../../../support/clients/client-world.ts'

const PROJECT = { scope: 'project' as const }

describe('the settings of a project', () => {
  it('are written where the repository is, with the step that only the person can take, and never that step', async () => {
    const world = openClientWorld()
    world.write('.codex/config.toml', 'model = "x"\n')
    mkdirSync(join(world.project, 'deep/below'), { recursive: true })
    Object.assign(world.system, { cwd: join(world.project, 'deep/below') })
    const plan = await world.plan('codex', 'deny', PROJECT)
    expect(plan).toMatchObject({
      path: join(world.project, '.codex/config.toml'),
      trustStep: expect.stringMatching(/only in a folder that you trust/),
      warnings: [expect.stringMatching(/paths of this machine/)],
      isRead: false,
    })
    await world.clients.apply(plan)
    expect(world.read('.codex/config.toml')).toBe('model = "x"\n')
    await world.uninstall('codex', PROJECT)
    expect(isThere(world.project, '.codex')).toBe(false)
  })

  it('need no step where the person told Codex to trust the folder', async () => {
    const world = openClientWorld()
    world.write('.codex/config.toml', `[projects."${world.project}"]\ntrust_level = "trusted"\n`)
    expect(await world.plan('codex', 'deny', PROJECT)).toMatchObject({ trustStep: undefined, isRead: true })
    world.write('.codex/config.toml', `[projects."${world.project}"]\ntrust_level = "untrusted"\n`)
    expect(await world.plan('codex', 'deny', PROJECT)).toMatchObject({ isRead: false })
  })

  it('hold nothing that an older Codex of somebody else would die of', async () => {
    const world = openClientWorld()
    const { entry } = await world.plan('codex', 'ask', PROJECT)
    expect(entry).not.toHaveProperty('default_tools_approval_mode')
  })

  it.each([
    [
      'the file',
      (outside: string, project: string) => symlinkSync(outside, join(project, '.codex/config.toml')),
    ],
    [
      'its folder',
      (outside: string, project: string) => symlinkSync(join(outside, '..'), join(project, '.codex')),
    ],
  ])('are left alone where %s is a link out of the project', async (what, link) => {
    const world = openClientWorld()
    const outside = world.write('secret/config.toml', 'a = 1\n')
    if (what === 'the file') mkdirSync(join(world.project, '.codex'))
    link(outside, world.project)
    expect(await world.planned('codex', 'deny', PROJECT)).toMatchObject({
      kind: 'refused',
      code: 'unreadable',
      message: expect.stringMatching(/leads out of the project/),
    })
    expect(readFileSync(outside, 'utf8')).toBe('a = 1\n')
  })

  it('that became such a link after the person looked are left alone', async () => {
    const world = openClientWorld()
    const outside = world.write('secret/config.toml', '')
    const plan = await world.plan('codex', 'deny', PROJECT)
    mkdirSync(join(world.project, '.codex'))
    symlinkSync(outside, join(world.project, '.codex/config.toml'))
    expect(await world.clients.apply(plan)).toMatchObject({ kind: 'refused', code: 'changed_since_shown' })
    expect(readFileSync(outside, 'utf8')).toBe('')
    writeFileSync(outside, '')
  })
})
