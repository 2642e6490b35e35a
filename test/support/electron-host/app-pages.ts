import { type Browser, chromium, type Page } from 'playwright-core'
import { until } from '../broker/until.ts'

/** The pages of a running app, for a test to click and type in. */
export class AppPages {
  readonly #endpoint: () => Promise<string>
  #browser: Promise<Browser> | undefined

  constructor(endpoint: () => Promise<string>) {
    this.#endpoint = endpoint
  }

  /** The page that Chromium calls so. */
  async get(targetId: string): Promise<Page> {
    this.#browser ??= this.#endpoint().then(at => chromium.connectOverCDP(at, { noDefaults: true }))
    const browser = await this.#browser
    return until(`the page ${targetId}`, async () => {
      for (const page of browser.contexts().flatMap(context => context.pages())) {
        if ((await idOf(page)) === targetId) return page
      }
      return undefined
    })
  }

  async close(): Promise<void> {
    const browser = await this.#browser?.catch(() => undefined)
    await browser?.close()
  }
}

async function idOf(page: Page): Promise<string | undefined> {
  try {
    const session = await page.context().newCDPSession(page)
    const { targetInfo } = await session.send('Target.getTargetInfo')
    await session.detach()
    return targetInfo.targetId
  } catch {
    // Closed while it was asked.
    return undefined
  }
}
