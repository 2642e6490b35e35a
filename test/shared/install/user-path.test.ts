import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { withFolder, withoutFolder } from '../../../shared/install/user-path.ts'

const OURS = 'C:\\Users\\ada\\AppData\\Local\\KosmoKrator\\bin'
const VARIABLES = { LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' }

it('what was there comes back to the letter, variables and empty places among it', () => {
  const folder = fc.oneof(
    fc.constantFrom('%USERPROFILE%\\bin', '', 'C:\\Program Files\\x', '"C:\\a b"', 'c:\\X\\'),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.array(folder, { maxLength: 6 }), folders => {
      const value = folders.join(';')
      const after = withFolder(value, OURS, VARIABLES)
      expect(after.startsWith(value)).toBe(true)
      expect(withoutFolder(after, OURS, VARIABLES)).toBe(value)
      expect(withFolder(after, OURS, VARIABLES)).toBe(after)
    }),
  )
})

it.each([
  OURS.toLowerCase(),
  `${OURS}\\`,
  `"${OURS}"`,
  '%LocalAppData%\\KosmoKrator\\bin',
  OURS.replaceAll('\\', '/'),
])('knows %s for the same folder', same => {
  expect(withFolder(`C:\\a;${same};C:\\b`, OURS, VARIABLES)).toBe(`C:\\a;${same};C:\\b`)
  expect(withoutFolder(`C:\\a;${same};C:\\b`, OURS, VARIABLES)).toBe('C:\\a;C:\\b')
})
