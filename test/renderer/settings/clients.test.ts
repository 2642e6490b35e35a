import { describe, expect, it } from 'vitest'
import { KosmoError } from '../../../shared/errors.ts'
import { PLAN } from '../../support/renderer/example-clients.ts'
import { canOpenWindows } from '../../support/renderer/open-window.ts'
import { isFine, settle, useSettingsWindows } from '../../support/renderer/settings-window.ts'

describe.skipIf(!canOpenWindows)('the clients', () => {
  const windows = useSettingsWindows()

  it('are listed with how each stands, what wants looking at first', async () => {
    const opened = await windows.open({}, 'Clients')
    const { page } = opened
    const known = page.getByRole('region', { name: 'On this computer' }).getByRole('listitem')
    await known.first().waitFor()
    expect((await known.allInnerTexts()).map(text => text.replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/^Cursor broken ~\/\.cursor\/mcp\.json Its entry names .* Disconnect….*Repair…/),
      expect.stringMatching(/^Claude Code connected .* Disconnect…/),
      expect.stringMatching(/^Codex not connected ~\/\.codex\/config\.toml .* Connect…/),
      expect.stringMatching(/^Zed not installed/),
    ])
    await page.getByText('1 session').first().click()
    await page.getByText('claude-code 2.4.1 · account default · process 4811').waitFor()
    await isFine(opened, 'clients')
  })

  it('are connected after exactly what would be written was shown, and only that is written', async () => {
    const opened = await windows.open({}, 'Clients')
    const { page, app } = opened
    await page.getByRole('button', { name: 'Connect… Codex' }).click()
    await settle(opened)
    const dialog = page.getByRole('dialog', { name: 'Connect Codex' })
    await dialog.getByText('[mcp_servers.kosmokrator-mattermost]').waitFor()
    const lines = dialog.getByRole('region', { name: 'What changes in the file' })
    expect(await lines.innerText()).toContain('+\nadded:\ntool_timeout_sec = 300')
    await isFine(opened, 'clients-plan')
    // What is read must not change under the eyes.
    app.handlers.planClient = () => ({ ...PLAN, fingerprint: 'f2', lines: [] })
    await app.emit('changed', {})
    await dialog.getByRole('button', { name: 'Write these lines' }).click()
    await dialog.getByText('Codex 0.169 reads it and lists 7 tools.').waitFor()
    await dialog.getByText('~/.codex/config.toml.before-kosmo').waitFor()
    await isFine(opened, 'clients-done')
    expect(app.paramsOf('planClient')).toEqual([{ id: 'codex', action: 'connect' }])
    expect(app.paramsOf('applyClientPlan')).toEqual([{ fingerprint: 'f1' }])
    await dialog.getByRole('button', { name: 'Done' }).click()
    await settle(opened)
    expect(await page.getByRole('button', { name: 'Connect… Codex' }).evaluate(isFocused)).toBe(true)
  })

  it('say so where nothing could be written, and show the plan anew on request', async () => {
    const opened = await windows.open(
      {
        applyClientPlan() {
          throw new KosmoError('refused', 'The file has changed since it was shown.')
        },
      },
      'Clients',
    )
    const { page, app } = opened
    await page.getByRole('button', { name: 'Connect… Codex' }).click()
    await settle(opened)
    const dialog = page.getByRole('dialog')
    const write = dialog.getByRole('button', { name: 'Write these lines' })
    await write.click()
    await dialog.getByText('The file has changed since it was shown.').waitFor()
    await isFine(opened, 'clients-refused')
    app.handlers.applyClientPlan = () => ({ kind: 'rolled-back', why: 'Codex could not read the new file.' })
    await dialog.getByRole('button', { name: 'Show it anew' }).click()
    await write.click()
    await dialog.getByText('The file is as it was.').waitFor()
    await dialog.getByText('Codex could not read the new file.').waitFor()
    expect(app.paramsOf('planClient')).toHaveLength(2)
  })

  it('are disconnected the same way; a plan may find nothing to do, or be refused', async () => {
    const opened = await windows.open({}, 'Clients')
    const { page, app } = opened
    await page.getByRole('button', { name: 'Disconnect… Claude Code' }).click()
    await settle(opened)
    await page.getByRole('dialog').getByRole('button', { name: 'Take these lines out' }).waitFor()
    await page.keyboard.press('Escape')
    await settle(opened)
    expect(app.paramsOf('applyClientPlan')).toEqual([])
    app.handlers.planClient = () => ({ kind: 'nothing', said: 'It is connected as it should be.' })
    await page.getByRole('button', { name: 'Repair… Cursor' }).click()
    await settle(opened)
    await page.getByText('It is connected as it should be.').waitFor()
    expect(await page.getByRole('button', { name: 'Write these lines' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await settle(opened)
    app.handlers.planClient = () => ({ kind: 'refused', why: 'The file is not JSON (line 4).' })
    await page.getByRole('button', { name: 'Repair… Cursor' }).click()
    await settle(opened)
    await page.getByText('The file is not JSON (line 4).').waitFor()
    await isFine(opened, 'clients-no-plan')
  })

  it('have their entry as a text to copy', async () => {
    const opened = await windows.open({}, 'Clients')
    const { page, app } = opened
    await page.getByRole('button', { name: 'Copy as text… for Zed' }).click()
    await settle(opened)
    const dialog = page.getByRole('dialog', { name: 'The entry for Zed' })
    await dialog.getByRole('radio', { name: 'JSON' }).click()
    await dialog.getByText('# json').waitFor()
    await dialog.getByRole('button', { name: 'Copy' }).click()
    await dialog.getByText('Copied. It holds no token.').waitFor()
    await isFine(opened, 'clients-text')
    expect(app.paramsOf('copyText')).toEqual([{ text: '# json\n[mcp_servers.kosmokrator-mattermost]\n' }])
  })

  it('say what comes next where there are none, and what failed', async () => {
    const opened = await windows.open(
      {
        clients: () => [],
        policy: () => ({ ceiling: 'ask', overrides: [] }),
        knownClients() {
          throw new KosmoError('internal', 'The folder of configurations cannot be read.')
        },
      },
      'Clients',
    )
    const { page } = opened
    await page.getByText('The folder of configurations cannot be read.').waitFor()
    await page.getByText('Start a client that is connected above').waitFor()
    await isFine(opened, 'clients-empty')
  })
})

function isFocused(element: Element): boolean {
  return document.activeElement === element
}
