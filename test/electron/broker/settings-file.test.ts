import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSettings } from '../../../electron/broker/settings-file.ts'
import { KosmoError } from '../../../shared/errors.ts'
import { decideWrite } from '../../../shared/policy/effective-policy.ts'
import { defaultSettings, storedPolicy, withCeiling } from '../../../shared/policy/settings.ts'

let home: string
let path: string
beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'kosmo-settings-')), 'home')
  path = join(home, 'settings.json')
})
afterEach(() => rmSync(join(home, '..'), { recursive: true, force: true }))

function put(text: string): void {
  mkdirSync(home, { recursive: true })
  writeFileSync(path, text, { mode: 0o600 })
}

const ceiling = () => {
  const read = openSettings(home).read()
  return read.kind === 'settings' ? read.settings.ceiling : read.why
}

function thrown(act: () => void): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return undefined
}

it('where nothing was written the defaults hold, and reading writes nothing', () => {
  expect(openSettings(home).read()).toEqual({ kind: 'settings', settings: defaultSettings() })
  expect(existsSync(home)).toBe(false)
})

it('a change is written as electron-store writes: all of it, indented with tabs', () => {
  openSettings(home).change(settings => withCeiling(settings, 'deny'))
  const written = { version: 1, ceiling: 'deny', overrides: [], integrations: {}, auditText: false }
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(written)
  expect(readFileSync(path, 'utf8')).toMatch(/^\{\n\t"version": 1,\n\t"ceiling": "deny",/)
  expect(ceiling()).toBe('deny')
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
})

it("another program's change is seen on the next use, even of the same size and time", () => {
  const file = openSettings(home)
  const seen = () => {
    const read = file.read()
    return read.kind === 'settings' ? read.settings.ceiling : read.kind
  }
  const words = [
    ['{"ceiling": "allow"}', 'allow'],
    ['{"ceiling":  "deny"}', 'deny'],
    ['{"ceiling":   "ask"}', 'ask'],
  ] as const
  for (const [text, word] of words) {
    put(text)
    utimesSync(path, 1_000, 1_000)
    expect([seen(), seen()]).toEqual([word, word])
  }
  rmSync(path)
  expect(seen()).toBe('ask')
})

it('a mark that editors put in front is passed over', () => {
  put('\ufeff{"ceiling": "allow"}')
  expect(ceiling()).toBe('allow')
})

describe('a broken file', () => {
  it.each([
    ['{"ceiling": "allow",\n  oops}', 'line 2, column 3 is not valid JSON'],
    ['', 'line 1, column 1 is not valid JSON'],
    ['{"ceiling": "alow"}', '"ceiling": Invalid option: expected one of "deny"|"ask"|"allow"'],
    ['{"celing": "deny"}', 'the file: Unrecognized key: "celing"'],
    ['{"overrides": [{"client": "c", "workspace": "/", "policy": "yes"}]}', '"overrides.0.policy": '],
    ['{"version": 2}', '"version": '],
    ['{"ceiling": "allow", "\u202e\\nx": 1}', 'Unrecognized key: " x"'],
    ['[]', 'the file: '],
    [`"${'x'.repeat(1_000_000)}"`, 'larger than 1000000 bytes'],
  ])('%.40j refuses every write and says where, and is never overwritten', (text, where) => {
    put(text)
    const read = openSettings(home).read()
    const why = read.kind === 'broken' ? read.why : ''
    expect(why).toContain(path)
    expect(why).toContain(where)
    const stored = storedPolicy(read, { client: 'c', workspace: '/', integration: 'mattermost' })
    for (const solo of [false, true]) {
      const inputs = { ...stored, request: 'allow', solo } as const
      expect(decideWrite(inputs, { wideMentions: [], grant: {} })).toEqual({
        kind: 'blocked',
        by: 'ceiling',
        why,
      })
    }
    const error = thrown(() => openSettings(home).change(defaultSettings))
    expect(error).toBeInstanceOf(KosmoError)
    expect(error).toMatchObject({ code: 'not_configured', message: expect.stringContaining(where) })
    expect(readFileSync(path, 'utf8')).toBe(text)
    expect(readdirSync(home)).toEqual(['settings.json'])
  })

  it.skipIf(process.platform === 'win32')('one that others can write to is one, until it is mended', () => {
    put('{"ceiling": "allow"}')
    chmodSync(path, 0o666)
    expect(ceiling()).toContain(`chmod 600 '${path}'`)
    expect(thrown(() => openSettings(home).change(defaultSettings))).toMatchObject({ code: 'not_configured' })
    expect(readFileSync(path, 'utf8')).toBe('{"ceiling": "allow"}')
    chmodSync(path, 0o600)
    expect(ceiling()).toBe('allow')
  })

  it('the same reader goes on once it is mended', () => {
    const file = openSettings(home)
    put('{')
    expect(file.read().kind).toBe('broken')
    put('{}')
    expect(file.read()).toEqual({ kind: 'settings', settings: defaultSettings() })
  })
})

it('an edit that makes no valid settings changes nothing, on disk and in memory', () => {
  const file = openSettings(home)
  file.change(settings => withCeiling(settings, 'deny'))
  const before = readFileSync(path, 'utf8')
  const edit = () =>
    file.change(settings => {
      settings.ceiling = 'allow'
      return { ...settings, waitSeconds: 1 }
    })
  expect(thrown(edit)).toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('"waitSeconds"'),
  })
  expect(readFileSync(path, 'utf8')).toBe(before)
  expect(file.read()).toMatchObject({ settings: { ceiling: 'deny' } })
})

it('where nothing can be written the change is refused with its reason', () => {
  writeFileSync(home, 'a file where the folder should be')
  expect(thrown(() => openSettings(home).change(settings => settings))).toMatchObject({
    code: 'not_configured',
  })
})
