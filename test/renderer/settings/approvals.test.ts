import { describe, expect, it } from 'vitest'
import { KosmoError } from '../../../shared/errors.ts'
import { canOpenWindows } from '../../support/renderer/open-window.ts'
import { isFine, settle, useSettingsWindows } from '../../support/renderer/settings-window.ts'
import { APPROVALS, GRANTS } from '../../support/renderer/settings-world.ts'

describe.skipIf(!canOpenWindows)('the approvals', () => {
  const windows = useSettingsWindows()

  it('that wait lead to their window, and cannot be decided here', async () => {
    const opened = await windows.open({}, 'Approvals')
    const { page, app } = opened
    const waiting = page.getByRole('region', { name: 'Waiting for you' }).getByRole('listitem')
    await waiting.first().waitFor()
    expect((await waiting.allInnerTexts()).map(text => text.replace(/\s+/g, ' '))).toEqual([
      expect.stringContaining('Claude Code → to ~on-call ~/src/infra 3 min left'),
      expect.stringContaining('Claude Code → to ~general ~/src/infra 3 min left'),
    ])
    await isFine(opened, 'approvals')
    await page.getByRole('button', { name: 'Show the post to ~general' }).click()
    await expect.poll(() => app.paramsOf('showApprovals')).toEqual([{ id: 'ap-3' }])
    expect(await page.getByRole('button', { name: /approve|deny/i }).count()).toBe(0)
    app.handlers.listApprovals = () => APPROVALS.slice(1)
    const { status } = app.handlers
    if (status === undefined) throw new Error('the world has no status')
    app.handlers.status = async () => ({ ...(await status({})), pending: 40 })
    await app.emit('changed', {})
    await page.getByText('39 more posts wait behind these').waitFor()
    await isFine(opened, 'approvals-more')
    app.handlers.status = async () => ({ ...(await status({})), pending: 1 })
    await app.emit('changed', {})
    await opened.runFor(300)
    await expect.poll(() => waiting.count()).toBe(1)
  })

  it('that are remembered are listed with their last use, and revoked one by one', async () => {
    const opened = await windows.open({}, 'Approvals')
    const { page, app } = opened
    const grants = page.getByRole('region', { name: 'Posted without asking you' }).getByRole('listitem')
    await grants.first().waitFor()
    expect((await grants.allInnerTexts()).map(text => text.replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(
        /Codex → to ~release-train .*chat\.acme\.dev until you revoke it used 3 times, last 2 min ago/,
      ),
      expect.stringMatching(/Codex → to every channel .* until 14:45 not used yet/),
    ])
    app.handlers.grants = () => GRANTS.slice(1)
    await page.getByRole('button', { name: 'Revoke for Codex in ~release-train' }).click()
    await expect.poll(() => app.paramsOf('revokeGrants')).toEqual([{ id: 'g_1' }])
    await expect.poll(() => grants.count()).toBe(1)
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  })

  it('that are remembered are revoked all at once after a question', async () => {
    const opened = await windows.open({}, 'Approvals')
    const { page, app } = opened
    app.handlers.revokeGrants = () => {
      throw new KosmoError('internal', 'grants.json cannot be written.')
    }
    const all = page.getByRole('button', { name: 'Revoke all…' })
    await all.click()
    await settle(opened)
    await isFine(opened, 'approvals-revoke')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke all' }).click()
    await settle(opened)
    await page.getByText('grants.json cannot be written.').waitFor()
    app.handlers.revokeGrants = () => 2
    app.handlers.grants = () => []
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Nothing is remembered').waitFor()
    expect(app.paramsOf('revokeGrants')).toEqual([{}, {}])
  })

  it('say what there would be where there are none', async () => {
    const opened = await windows.open({ listApprovals: () => [], grants: () => [] }, 'Approvals')
    const { page } = opened
    await page.getByText('Nothing waits for you').waitFor()
    await page.getByText('Every post is asked about.').waitFor()
    await isFine(opened, 'approvals-empty')
  })
})
