import { expect, it } from 'vitest'
import { trayLook } from '../../../shared/desktop/tray-look.ts'

it.each([
  ['darwin', true, '', 'Template'],
  ['darwin', false, '', 'Template'],
  ['win32', true, '', '-dark'],
  ['win32', false, '', '-light'],
  ['linux', false, 'KDE', '-light'],
  ['linux', true, 'XFCE', '-dark'],
  ['linux', false, 'GNOME', '-dark'],
  ['linux', false, 'ubuntu:GNOME', '-dark'],
  ['linux', false, 'Unity', '-dark'],
  ['linux', false, 'X-Cinnamon', '-light'],
  ['linux', false, 'NOTGNOME', '-light'],
] as const)('%s, dark: %s, on "%s": %s', (platform, isDark, desktop, look) => {
  expect(trayLook({ platform, isDark, desktop })).toBe(look)
})
