import { expect, it } from 'vitest'
import { otherStart } from '../../../shared/install/other-start.ts'

const DEB = { version: '0.1.0', from: '/opt/KosmoKrator/kosmokrator-desktop' }

it('the same one started again is nothing to tell; another kind or version is', () => {
  expect(otherStart(DEB, { ...DEB })).toBe(undefined)
  const image = { version: '0.2.0', from: '/home/ada/KosmoKrator.AppImage' }
  const said = otherStart(DEB, image)
  expect(said).toContain('KosmoKrator 0.1.0 (/opt/KosmoKrator/kosmokrator-desktop) runs already')
  expect(said).toContain('0.2.0 (/home/ada/KosmoKrator.AppImage) was not started')
  expect(otherStart(DEB, { ...DEB, version: '0.2.0' })).toContain('quit this one first')
})
