import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { ownAppImage } from '../../../electron/install/app-image.ts'

it('is the file that this app runs from, also by another way to its mount', () => {
  const root = mkdtempSync(join(tmpdir(), 'kosmo-image-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  mkdirSync(join(root, '.mount_k/resources'), { recursive: true })
  symlinkSync(root, `${root}-link`)
  onTestFinished(() => rmSync(`${root}-link`))
  const variables = { APPIMAGE: '/home/ada/K.AppImage', APPDIR: `${root}-link/.mount_k` }
  expect(ownAppImage(variables, join(root, '.mount_k/resources'))).toBe('/home/ada/K.AppImage')
})

it.each([
  [{}, '/opt/KosmoKrator/resources'],
  // A terminal in an editor that is an AppImage.
  [{ APPIMAGE: '/home/ada/Editor.AppImage', APPDIR: '/tmp/.mount_Editor' }, '/opt/KosmoKrator/resources'],
  [{ APPIMAGE: '/home/ada/K.AppImage', APPDIR: '/tmp/.mount_k' }, '/tmp/.mount_k2/resources'],
  [{ APPIMAGE: 'K.AppImage', APPDIR: '/tmp/.mount_k' }, '/tmp/.mount_k/resources'],
  [{ APPIMAGE: '/home/ada/K.AppImage' }, '/tmp/.mount_k/resources'],
])('%j is none of ours for %s', (variables, resources) => {
  expect(ownAppImage(variables, resources)).toBe(undefined)
})
