import { describe, expect, it } from 'vitest'
import { openApprovals } from '../../support/renderer/approval-window.ts'
import { canOpenWindows, useWindows } from '../../support/renderer/open-window.ts'

describe.skipIf(!canOpenWindows)('the page of the approval window', () => {
  const windows = useWindows()

  it('loads nothing from elsewhere and takes no styles or scripts but its own, and tests notice', async () => {
    const { page, takeFaults } = await openApprovals(windows, [])
    await page.evaluate(async () => {
      const refused = new Promise<void>(resolve => {
        let count = 0
        document.addEventListener('securitypolicyviolation', () => {
          count++
          if (count === 4) resolve()
        })
      })
      const image = document.createElement('img')
      image.src = 'https://tracker.example/pixel.gif'
      const style = document.createElement('style')
      style.textContent = 'body { display: none }'
      const script = document.createElement('script')
      script.textContent = 'document.title = "ours no more"'
      document.body.append(image, style, script)
      fetch('https://tracker.example/').catch(() => undefined)
      await refused
    })
    const faults = takeFaults()
    expect(faults.length).toBeGreaterThanOrEqual(4)
    expect(faults.filter(fault => !fault.includes('Content Security Policy'))).toEqual([])
    expect(await page.title()).toBe('KosmoKrator')
  })
})
