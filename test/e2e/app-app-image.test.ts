import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ClientPlan, KnownClient } from '../../shared/protocol/client-methods.ts'
import type { OutsideView, ShellCommand } from '../../shared/protocol/install-methods.ts'
import { type MountedImage, mountImage } from '../support/app/app-image.ts'
import { type AppPage, startDesktopApp } from '../support/app/desktop-app.ts'
import { until } from '../support/broker/until.ts'
import { canOpenWindows } from '../support/renderer/open-window.ts'

const AUTOSTART = '.config/autostart/dev.kosmokrator.App.desktop'

/* The image is not mounted here: it is a folder that goes, as a mount does, and another one comes. */

describe.skipIf(!canOpenWindows)('an AppImage', () => {
  it('is moved and replaced, and everything that it wrote elsewhere goes on working', async () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'kosmo-image-')))
    onTestFinished(() => rmSync(root, { recursive: true, force: true }))
    const [home, mounts] = [join(root, 'home'), join(root, 'mounts')]
    mkdirSync(join(home, '.cursor'), { recursive: true })
    const start = ({ app, env }: MountedImage, args = ['--hidden']) =>
      startDesktopApp({ home, app, env, args })
    const inHome = (path: string) => readFileSync(join(home, path), 'utf8')

    const first = mountImage(join(mounts, '.mount_one'), join(root, 'Kosmo Krator.AppImage'), '0.1.0')
    const one = await start(first, [])
    const settings = await one.settingsWindow()
    await connect(settings)
    await settings.value('setLoginItem', { on: true })
    await putOnPath(settings)
    expect(inHome('.cursor/mcp.json')).toContain(join(home, '.local/share/kosmokrator/cli/current/node'))
    for (const path of ['.cursor/mcp.json', '.local/bin/kosmo', AUTOSTART]) {
      expect(inHome(path), path).not.toContain('.mount_')
    }
    expect(inHome(AUTOSTART)).toContain(`Exec="${join(root, 'Kosmo Krator.AppImage')}" "--hidden"`)
    await one.stop()

    rmSync(join(mounts, '.mount_one'), { recursive: true })
    rmSync(join(root, 'Kosmo Krator.AppImage'))
    expect(kosmo(home)).toMatch(/^\d+\.\d+\.\d+\n$/)
    const entry = inHome('.cursor/mcp.json')
    const copies = join(home, '.local/share/kosmokrator/cli')
    const before = readlinkSync(join(copies, 'current'))

    const moved = mountImage(join(mounts, '.mount_two'), join(root, 'Applications/K.AppImage'), '0.2.0')
    const two = await start(moved, [])
    await until('the new version has the link', () => readlinkSync(join(copies, 'current')) !== before)
    expect(readlinkSync(join(copies, 'current'))).toMatch(/^0\.2\.0-/)
    expect(readFileSync(join(copies, 'current/kosmo.cjs'), 'utf8')).toMatch(/\/\/ 0\.2\.0\n$/)
    expect(inHome(AUTOSTART)).toContain(`Exec="${join(root, 'Applications/K.AppImage')}" "--hidden"`)
    const after = await two.settingsWindow()
    const known = await after.value<KnownClient[]>('knownClients')
    expect(known.find(({ id }) => id === 'cursor')).toMatchObject({ state: 'connected' })
    expect(inHome('.cursor/mcp.json')).toBe(entry)
    expect(kosmo(home)).toMatch(/^\d+\.\d+\.\d+\n$/)

    // Another kind of package beside it: it is told, nothing is taken from the other, and one runs.
    const beside = mountImage(join(root, 'opt/KosmoKrator'), join(root, 'unused'), '0.1.0')
    await expect(startDesktopApp({ home, app: beside.app, args: [], waits: false })).rejects.toThrow(
      'exit code 0',
    )
    const told = await until('what is told', async () =>
      (await two.control.calls()).find(({ name }) => name === 'dialog.showMessageBox'),
    )
    expect(JSON.stringify(told)).toContain('KosmoKrator 0.2.0')
    expect(inHome(AUTOSTART)).toContain(join(root, 'Applications/K.AppImage'))

    // And everything goes again.
    const plan = await after.value<OutsideView>('planOutside', { action: 'everything' })
    if (plan.kind !== 'plan') throw new Error(JSON.stringify(plan))
    expect(plan.parts.map(({ title }) => title)).toEqual([
      'Cursor',
      'Command',
      'Command',
      'Start at login',
      expect.stringContaining('Command line of the AppImage'),
    ])
    const { fingerprint } = plan
    expect(await after.value('applyOutside', { fingerprint })).toMatchObject({ failed: [] })
    expect(await after.call('applyOutside', { fingerprint })).toMatchObject({
      kind: 'failed',
      code: 'not_found',
    })
    expect(await after.value('loginItem')).toEqual({ kind: 'off' })
    expect(() => inHome('.local/bin/kosmo')).toThrow('ENOENT')
    expect(() => inHome('.cursor/mcp.json')).toThrow('ENOENT')
  }, 120_000)

  it('says so where there is no room for its copy, and writes no path that would go', async () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'kosmo-image-')))
    onTestFinished(() => rmSync(root, { recursive: true, force: true }))
    const home = join(root, 'home')
    mkdirSync(join(home, '.cursor'), { recursive: true })
    writeFileSync(join(home, '.local'), 'a file in the place of the folder')
    const { app, env } = mountImage(join(root, '.mount_one'), join(root, 'K.AppImage'), '0.1.0')
    const running = await startDesktopApp({ home, app, env, args: [] })
    const settings = await running.settingsWindow()
    expect(await settings.call('planClient', { id: 'cursor', action: 'connect' })).toMatchObject({
      kind: 'failed',
      code: 'not_configured',
      message: expect.stringContaining('Make room there'),
    })
    const findings = await settings.value<{ id: string; state: string; said: string }[]>('doctor')
    expect(findings.find(({ id }) => id === 'program')).toMatchObject({
      state: 'fail',
      said: expect.stringContaining('could not be copied'),
    })
    // Mended without a new start.
    rmSync(join(home, '.local'))
    await connect(settings)
  }, 120_000)
})

async function connect(settings: AppPage): Promise<void> {
  const plan = await settings.value<ClientPlan>('planClient', { id: 'cursor', action: 'connect' })
  if (plan.kind !== 'plan') throw new Error(JSON.stringify(plan))
  const { fingerprint } = plan
  expect(await settings.value('applyClientPlan', { fingerprint })).toMatchObject({ kind: 'done' })
}

async function putOnPath(settings: AppPage): Promise<void> {
  expect(await settings.value<ShellCommand>('shellCommand')).toMatchObject({
    state: 'absent',
    canInstall: true,
  })
  const plan = await settings.value<OutsideView>('planOutside', { action: 'command' })
  if (plan.kind !== 'plan') throw new Error(JSON.stringify(plan))
  await settings.value('applyOutside', { fingerprint: plan.fingerprint })
  expect(await settings.value<ShellCommand>('shellCommand')).toMatchObject({
    state: 'off-path',
    canRemove: true,
  })
}

function kosmo(home: string): string {
  const env = { HOME: home, PATH: '/usr/bin:/bin' }
  return execFileSync(join(home, '.local/bin/kosmo'), ['--version'], { env, encoding: 'utf8' })
}
