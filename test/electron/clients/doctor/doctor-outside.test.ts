import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { autostartText } from '../../../../shared/desktop/autostart.ts'
import { shellShim } from '../../../../shared/install/shim.ts'
import { type DoctorWorld, openDoctorWorld } from '../../../support/clients/doctor-world.ts'

const AUTOSTART = '.config/autostart/dev.kosmokrator.App.desktop'

function worldWith(shim: (world: DoctorWorld) => string): DoctorWorld {
  const world = openDoctorWorld()
  world.write('.local/bin/kosmo', shim(world), 0o755)
  Object.assign(world.doctor, { variables: { PATH: join(world.userHome, '.local/bin') } })
  return world
}

describe('the doctor on what was put elsewhere', () => {
  it('sees a command that works, one that starts what is gone, and none', async () => {
    const good = await worldWith(({ system }) => shellShim(system.program)).findings()
    expect(good.command).toMatchObject({ state: 'ok' })
    expect(good.autostart).toBe(undefined)
    const gone = await worldWith(() => shellShim({ node: '/tmp/.mount_k/node', script: '/s' })).findings()
    expect(gone.command).toMatchObject({
      state: 'fail',
      said: expect.stringMatching(/starts \/tmp\/\.mount_k\/node, which is not there any more/),
      todo: expect.stringContaining('Start the KosmoKrator app once'),
    })
    const other = await worldWith(() => '#!/bin/sh\n').findings()
    expect(other.command).toMatchObject({
      state: 'warn',
      said: expect.stringContaining('is another program'),
    })
    expect((await openDoctorWorld().findings()).command).toMatchObject({
      state: 'skipped',
      todo: expect.stringContaining('kosmo shell:install'),
    })
  })

  it('sees a start at login that leads nowhere, and how it is mended', async () => {
    const world = openDoctorWorld()
    world.write(AUTOSTART, autostartText([process.execPath, '--hidden']))
    expect((await world.findings()).autostart).toMatchObject({ state: 'ok' })
    world.write(AUTOSTART, autostartText(['/nowhere/K o.AppImage', '--hidden']))
    expect((await world.findings()).autostart).toMatchObject({
      state: 'fail',
      said: expect.stringContaining('starts /nowhere/K o.AppImage, which is not there any more'),
      todo: expect.stringContaining('it mends that'),
    })
  })

  it('sees an entry that starts what goes when the AppImage ends, though it is there now', async () => {
    const world = openDoctorWorld()
    world.write('.codex/config.toml', '')
    const { clients, system } = world
    const mount = join(world.root, '.mount_k', 'node')
    mkdirSync(join(world.root, '.mount_k'))
    Object.assign(system, { program: { ...system.program, node: mount } })
    const plan = await world.plan('codex')
    world.write('.codex/config.toml', plan.after ?? '')
    expect(existsSync(mount)).toBe(false)
    expect(clients.list().find(({ id }) => id === 'codex')?.state).toBe('changed-by-person')
    expect((await world.findings())['client.codex']).toMatchObject({
      state: 'fail',
      said: expect.stringContaining('only as long as an AppImage runs'),
      todo: expect.stringContaining('kosmo mcp:gateway:install'),
    })
  })
})
