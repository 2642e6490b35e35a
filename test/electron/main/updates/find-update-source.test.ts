import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { findUpdateSource } from '../../../../electron/main/updates/find-update-source.ts'

let mount = ''
let resources = ''
beforeEach(() => {
  mount = mkdtempSync(join(tmpdir(), 'kosmo-source-'))
  onTestFinished(() => rmSync(mount, { recursive: true }))
  resources = join(mount, 'resources')
  mkdirSync(resources)
  writeFileSync(join(resources, 'app-update.yml'), 'provider: github')
})

const find = (variables: Record<string, string>) =>
  findUpdateSource({ isPackaged: true, resources, platform: 'linux', variables })

it('an AppImage updates itself', () => {
  expect(find({ APPIMAGE: '/home/ada/K.AppImage', APPDIR: mount })).toEqual({ kind: 'own' })
})

it('what another AppImage has started does not: it would put itself in the other’s place', () => {
  const how = expect.stringMatching(/unpacked by hand/)
  for (const variables of [
    { APPIMAGE: '/home/ada/Editor.AppImage', APPDIR: '/tmp/.mount_Editor' },
    { APPIMAGE: '/home/ada/Editor.AppImage' },
  ]) {
    expect(find(variables)).toEqual({ kind: 'elsewhere', how })
  }
})

it('a .deb does not, nor what was built by hand', () => {
  const variables = { APPIMAGE: '/home/ada/K.AppImage', APPDIR: mount }
  writeFileSync(join(resources, 'package-type'), 'deb\n')
  expect(find(variables)).toEqual({ kind: 'elsewhere', how: expect.stringMatching(/Debian package/) })
  rmSync(join(resources, 'package-type'))
  rmSync(join(resources, 'app-update.yml'))
  expect(find(variables)).toEqual({ kind: 'elsewhere', how: expect.stringMatching(/built by hand/) })
})
