import { describe, expect, it } from 'vitest'
import { axeFindings } from '../../support/renderer/axe-findings.ts'
import { canOpenWindows, picture, useWindows } from '../../support/renderer/open-window.ts'

describe.skipIf(!canOpenWindows)('the page of the approval window', () => {
  const windows = useWindows()

  it('opens under the CSP of the app', async () => {
    const opened = await windows.open('approval', { watchApprovals: () => [] })
    await opened.runFor(400)
    await picture(opened, 'page')
    expect(await opened.page.locator('#root').textContent()).toContain('KosmoKrator')
    expect(await axeFindings(opened)).toEqual([])
  })
})
