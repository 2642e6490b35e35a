import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What axe finds wrong in a page, as lines; none where all is well. Time goes on in the page meanwhile. */
export async function axeFindings({ page }: { page: Page }): Promise<string[]> {
  // Through the debugger, which the page's CSP does not bind.
  await page.evaluate(axe.source)
  let isDone = false
  const findings = page.evaluate(runAxe).finally(() => {
    isDone = true
  })
  // axe yields by timers, and the page's clock stands still.
  while (!isDone) await page.clock.runFor(20)
  return findings
}

async function runAxe(): Promise<string[]> {
  const { violations } = await window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  )
}

declare global {
  interface Window {
    axe: typeof axe
  }
}
