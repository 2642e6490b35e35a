import { expect, it } from 'vitest'
import { autostartText, readAutostart } from '../../../shared/desktop/autostart.ts'

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
