import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
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
const startedBy = (program: string) =>
  linuxLoginItem({ config, appId: 'dev.kosmokrator.App', command: [program, '--hidden'] })
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

it('an AppImage that was moved is found again, with what the desktop added; one that is there keeps its place', () => {
  const [image, moved] = [join(config, 'K o.AppImage'), join(config, 'Downloads K.AppImage')]
  writeFileSync(image, '')
  startedBy(image).set(true)
  writeFileSync(path(), `${readFileSync(path(), 'utf8')}X-GNOME-Autostart-Delay=5\n`)
  // Another kind of package is started: it does not take the place.
  startedBy('/opt/KosmoKrator/kosmokrator-desktop').mend()
  expect(readFileSync(path(), 'utf8')).toContain(`Exec="${image}" "--hidden"`)
  renameSync(image, moved)
  startedBy(moved).mend()
  const text = readFileSync(path(), 'utf8')
  expect(text).toContain(`Exec="${moved}" "--hidden"\n`)
  expect(text).toContain('X-GNOME-Autostart-Delay=5')
})

it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
  'what was switched off by %s, or is not there, is not mended',
  line => {
    startedBy('/nowhere/K.AppImage').mend()
    expect(existsSync(path())).toBe(false)
    startedBy('/nowhere/K.AppImage').set(true)
    const off = `${readFileSync(path(), 'utf8')}${line}\n`
    writeFileSync(path(), off)
    expect(item().read()).toEqual({ kind: 'off' })
    item().mend()
    expect(readFileSync(path(), 'utf8')).toBe(off)
    // To switch it on again is the person's to say.
    expect(item().set(true)).toEqual({ kind: 'on' })
    expect(item().read()).toEqual({ kind: 'on' })
  },
)
