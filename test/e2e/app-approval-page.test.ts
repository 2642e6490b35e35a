import type { Locator } from 'playwright-core'
import { expect, it } from 'vitest'
import { startDesktopApp } from '../support/app/desktop-app.ts'
import { startClient } from '../support/broker/broker-process.ts'
import { until } from '../support/broker/until.ts'
import { resultText } from '../support/mcp/rpc-line.ts'
import { openTown } from '../support/mcp/town.ts'

/** A click that came too soon does nothing, and a person clicks again. */
async function clickUntil(button: Locator, done: () => Promise<boolean>): Promise<void> {
  await until('a click that counts', async () => {
    if (await done()) return true
    await button.click({ timeout: 1_000 }).catch(() => undefined)
    return done()
  })
}

it('a person changes a post in the window and approves it, by real clicks; the page itself said that it was shown', async () => {
  const town = await openTown()
  const app = await startDesktopApp({ args: ['--hidden'] })
  const client = await startClient(app, town.account, { write: 'ask' })
  const called = client
    .callTool('create_post', { channel_id: '~town-square', message: 'Release 1.2 is out' })
    .then(resultText)
  const { page } = await app.approvalWindow()
  await page.getByText('Release 1.2 is out').waitFor()
  const text = page.getByLabel('The text to be posted')
  await clickUntil(page.getByRole('button', { name: 'Edit' }), () => text.isVisible())
  await text.fill('Release 1.2.1 is out')
  const changes = page.getByRole('tab', { name: 'Your change' })
  await clickUntil(page.getByRole('button', { name: 'Review change' }), () => changes.isVisible())
  expect(town.posted()).toEqual([])
  const done = page.getByText('Approved once as you changed it.')
  await clickUntil(page.getByRole('button', { name: 'Approve and post' }), () => done.isVisible())
  expect(await called).toMatch(/changed/)
  expect(town.posted()).toEqual(['Release 1.2.1 is out'])
})
