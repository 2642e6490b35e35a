import { expect, it } from 'vitest'
import { passingPlace } from '../../../shared/install/passing-path.ts'

it.each([
  ['/tmp/.mount_KosmoKrAb12/resources/cli/kosmo.cjs', 'AppImage'],
  ['/private/var/folders/x/AppTranslocation/1/d/KosmoKrator.app/Contents/Resources/cli/kosmo.cjs', 'macOS'],
])('%s goes', (path, word) => {
  expect(passingPlace(path)?.where).toContain(word)
})

it.each([
  '/opt/KosmoKrator/resources/cli/kosmo.cjs',
  '/home/ada/.local/share/kosmokrator/cli/current/kosmo.cjs',
  '/Applications/KosmoKrator.app/Contents/Resources/cli/kosmo.cjs',
  '/home/ada/.mount_point',
])('%s stays', path => {
  expect(passingPlace(path)).toBe(undefined)
})
