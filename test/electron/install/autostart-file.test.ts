import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { linuxLoginItem } from '../../../electron/install/autostart-file.ts'

let config: string
beforeEach(() => {
  config = mkdtempSync(join(tmpdir(), 'kosmo-config-'))
})
afterEach(() => rmSync(config, { recursive: true, force: true }))

const item = () => linuxLoginItem({ config, appId: 'dev.kosmokrator.App', command: ['/opt/k', '--hidden'] })
const path = () => join(config, 'autostart', 'dev.kosmokrator.App.desktop')

it('is a file that comes and goes', () => {
  expect(item().read()).toEqual({ kind: 'off' })
  expect(item().set(true)).toEqual({ kind: 'on' })
  expect(readFileSync(path(), 'utf8')).toContain('Exec="/opt/k" "--hidden"')
  expect(statSync(path()).mode & 0o022).toBe(0)
  expect(item().read()).toEqual({ kind: 'on' })
  expect(item().set(false)).toEqual({ kind: 'off' })
  expect(existsSync(path())).toBe(false)
  expect(item().set(false)).toEqual({ kind: 'off' })
})

it('leaves a file alone that is not ours', () => {
  mkdirSync(join(config, 'autostart'))
  writeFileSync(path(), '[Desktop Entry]\nExec=other\n')
  expect(item().read()).toMatchObject({ kind: 'unavailable', why: expect.stringContaining(path()) })
  for (const on of [true, false]) expect(item().set(on)).toMatchObject({ kind: 'unavailable' })
  expect(readFileSync(path(), 'utf8')).toContain('Exec=other')
})

it('says where it cannot be written', () => {
  writeFileSync(join(config, 'autostart'), 'a file in the place of the folder')
  expect(() => item().set(true)).toThrow(/autostart.* could not be written \(\w+\)/)
})
