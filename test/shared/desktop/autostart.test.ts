import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  autostartText,
  programOfAutostart,
  readAutostart,
  withProgram,
} from '../../../shared/desktop/autostart.ts'

it('what is written is read as ours, and as switched off where the desktop says so', () => {
  const text = autostartText(['/opt/KosmoKrator/kosmokrator-desktop', '--hidden'])
  expect(text).toContain('\nExec="/opt/KosmoKrator/kosmokrator-desktop" "--hidden"\n')
  expect(readAutostart(text)).toBe('on')
  expect(readAutostart(text.replaceAll('\n', '\r\n'))).toBe('on')
  expect(readAutostart(`${text}X-GNOME-Autostart-enabled=false\n`)).toBe('off')
  expect(readAutostart(`${text}Hidden=true\n`)).toBe('off')
  expect(readAutostart('[Desktop Entry]\nExec=other\n')).toBe('foreign')
  expect(readAutostart('')).toBe('foreign')
  expect(readAutostart(undefined)).toBe('off')
})

// https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
it.each([
  ['/a b/c', '"/a b/c"'],
  ['a"b', String.raw`"a\\"b"`],
  ['a$b`c', '"a\\\\$b\\\\`c"'],
  [String.raw`a\b`, String.raw`"a\\\\b"`],
  ['100%', '"100%%"'],
])('%s is quoted', (word, quoted) => {
  expect(autostartText([word])).toContain(`\nExec=${quoted}\n`)
})

it('what it starts is read from it again, whatever is in the path', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), program => {
      const text = autostartText([program, '--hidden'])
      expect(programOfAutostart(text)).toBe(program)
      // A path is no line of its own: it switches nothing off.
      expect(readAutostart(text)).toBe('on')
      expect(text.split('\n')).toHaveLength(9)
    }),
  )
})

it('another program takes its place, and what the desktop added stays', () => {
  const text = `${autostartText(['/old', '--hidden'])}X-GNOME-Autostart-Delay=5\n`
  const after = withProgram(text, ['/new $& place', '--hidden'])
  expect(programOfAutostart(after)).toBe('/new $& place')
  expect(after.replace(/^Exec=.*$/m, '')).toBe(text.replace(/^Exec=.*$/m, ''))
  expect(programOfAutostart('[Desktop Entry]\nExec=/bare word\n')).toBe(undefined)
})
