import { describe, expect, it } from 'vitest'
import { KosmoError } from '../../../shared/errors.ts'
import { ADA, NO_ACCOUNTS, ONE_ACCOUNT } from '../../support/renderer/example-accounts.ts'
import { client } from '../../support/renderer/example-clients.ts'
import { canOpenWindows } from '../../support/renderer/open-window.ts'
import { goTo, isFine, settle, useSettingsWindows } from '../../support/renderer/settings-window.ts'

describe.skipIf(!canOpenWindows)('the overview', () => {
  const windows = useSettingsWindows()

  it('says how things stand: account, switch, clients with their own policy, what happened', async () => {
    const opened = await windows.open()
    const { page } = opened
    await page.getByRole('heading', { name: 'Agents can read. You decide what they post.' }).waitFor()
    await page.getByText('Connected to chat.acme.dev as @ada · token checked just now').waitFor()
    expect(await page.getByRole('radio', { name: 'Ask me' }).isChecked()).toBe(true)
    const clients = page.getByRole('region', { name: 'Clients' }).getByRole('listitem')
    expect(await clients.allInnerTexts()).toEqual([
      expect.stringMatching(/^Claude Code\s+~\/src\/infra\s+waiting for you · 2/),
      expect.stringMatching(/^Codex\s+~\/src\/webapp\s+connected · 14 calls/),
      expect.stringMatching(/^Cursor\s+~\/notes\s+not connected/),
    ])
    const recent = page.getByRole('region', { name: 'Recent' }).getByRole('listitem')
    // The name of the channel is what the person was shown when they decided, not the id that the agent used.
    expect((await recent.allInnerTexts()).map(text => text.replace(/\s+/g, ' '))).toEqual([
      'posted Codex → to ~release-train 2 min ago',
      'denied Claude Code → to ~general 9 min ago',
      'read Codex ← from ~incidents 11 min ago',
      'changed You set the switch to Ask me 1 h ago',
    ])
    await isFine(opened, 'overview')
  })

  it('tightens at once, and shows what holds rather than what was pressed', async () => {
    let ceiling: 'deny' | 'ask' = 'ask'
    const opened = await windows.open({ policy: () => ({ ceiling, overrides: [] }) })
    const { page, app } = opened
    const readOnly = page.getByRole('radio', { name: 'Read-only' })
    app.handlers.setCeiling = () => {
      throw new KosmoError('internal', 'The settings could not be written: the disk is full.')
    }
    await readOnly.click()
    await page.getByText('The settings could not be written: the disk is full.').waitFor()
    expect(await readOnly.isChecked()).toBe(false)
    await isFine(opened, 'overview-not-changed')
    app.handlers.setCeiling = ({ policy }) => {
      ceiling = policy === 'deny' ? policy : 'ask'
      return null
    }
    await readOnly.click()
    await page.getByRole('heading', { name: 'Agents can read. Nothing is posted.' }).waitFor()
    expect(await readOnly.isChecked()).toBe(true)
    expect(app.paramsOf('setCeiling')).toEqual([{ policy: 'deny' }, { policy: 'deny' }])
  })

  it('says what Allow means before anything is loosened, and leaves it as it is on Cancel and Escape', async () => {
    const opened = await windows.open()
    const { page, app } = opened
    const allow = page.getByRole('radio', { name: 'Allow' })
    const dialog = page.getByRole('alertdialog', { name: 'Let agents post where you said Allow?' })
    await allow.click()
    await dialog.waitFor()
    await settle(opened)
    await dialog.getByText('@channel, @all, @here').waitFor()
    await isFine(opened, 'overview-allow')
    expect(await dialog.getByRole('button', { name: 'Cancel' }).evaluate(isFocused)).toBe(true)
    await page.keyboard.press('Enter')
    await settle(opened)
    expect(await allow.evaluate(isFocused)).toBe(true)
    await allow.click()
    await dialog.waitFor()
    await settle(opened)
    await page.keyboard.press('Escape')
    await settle(opened)
    expect(await dialog.count()).toBe(0)
    expect(app.paramsOf('setCeiling')).toEqual([])
    await allow.click()
    await dialog.waitFor()
    await settle(opened)
    await dialog.getByRole('button', { name: 'Allow' }).click()
    await expect.poll(() => app.paramsOf('setCeiling')).toEqual([{ policy: 'allow' }])
    expect(app.paramsOf('setPermission')).toEqual([])
  })

  it('names the account that would hold an Allow back, and lifts that in the same step unless it is not wanted', async () => {
    const held = (write: 'ask' | 'deny', ...accounts: string[]) => ({
      integration: 'mattermost',
      write,
      accounts,
    })
    let heldBack = [held('ask', '@ada')]
    const opened = await windows.open({ policy: () => ({ ceiling: 'ask', overrides: [], heldBack }) })
    const { page, app } = opened
    const allow = page.getByRole('radio', { name: 'Allow' })
    const dialog = page.getByRole('alertdialog')
    const tick = dialog.getByRole('checkbox', { name: /^Lift “Ask me” from Mattermost \(@ada\) too/ })
    await allow.click()
    await dialog.waitFor()
    await settle(opened)
    expect(await tick.isChecked()).toBe(true)
    await isFine(opened, 'overview-allow-held-back')
    await tick.click()
    await dialog.getByRole('button', { name: 'Allow' }).click()
    await expect.poll(() => app.paramsOf('setCeiling')).toHaveLength(1)
    expect(app.paramsOf('setPermission')).toEqual([])
    await settle(opened)
    await allow.click()
    await dialog.waitFor()
    await settle(opened)
    expect(await tick.isChecked()).toBe(true)
    await dialog.getByRole('button', { name: 'Allow' }).click()
    await expect
      .poll(() => app.paramsOf('setPermission'))
      .toEqual([{ integration: 'mattermost', write: 'allow' }])
    heldBack = [held('deny', '@ada')]
    await settle(opened)
    await allow.click()
    await dialog.getByText('Mattermost (@ada) stays at Read-only').waitFor()
    expect(await tick.count()).toBe(0)
  })

  it('lets each client have its own policy, as configured by default, and says what holds it back', async () => {
    const held = client({ override: 'allow', effective: 'ask' })
    const opened = await windows.open({
      clients: () => [held, { ...held, session: 's9', pid: 1 }],
      policy: () => ({ ceiling: 'ask', overrides: [] }),
    })
    const { page, app } = opened
    await page.getByText('Ask me for now: the switch holds it back').waitFor()
    const pick = page.getByRole('combobox', { name: /What Codex may post/ })
    expect(await pick.inputValue()).toBe('allow')
    await pick.selectOption('Read-only')
    await expect.poll(() => app.paramsOf('setOverride').at(-1)?.policy).toBe('deny')
    await pick.selectOption('As configured: Ask me')
    await expect.poll(() => app.paramsOf('setOverride').at(-1)?.policy).toBe(null)
    app.handlers.clients = () => [client()]
    await app.emit('changed', {})
    await expect.poll(() => pick.inputValue()).not.toBe('allow')
    await pick.selectOption('Allow')
    await settle(opened)
    const dialog = page.getByRole('alertdialog', { name: 'Let Codex post without asking?' })
    await dialog.getByText('For now the switch on the Overview holds it back').waitFor()
    expect(app.paramsOf('setOverride')).toHaveLength(2)
    await dialog.getByRole('button', { name: 'Allow' }).click()
    await expect
      .poll(() => app.paramsOf('setOverride').at(-1))
      .toEqual({ client: 'codex-mcp-client', workspace: '/home/ada/src/webapp', policy: 'allow' })
  })

  it('says so where the server cannot be reached or refuses the token', async () => {
    const opened = await windows.open({
      checkAccount: () => {
        throw new KosmoError('network', 'chat.acme.dev does not answer.')
      },
    })
    const { page, app } = opened
    await page.getByText('Set up for chat.acme.dev as @ada · chat.acme.dev does not answer.').waitFor()
    await isFine(opened, 'overview-offline')
    app.handlers.checkAccount = () => ADA
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await page.getByText('token checked just now').waitFor()
  })

  it('says what comes next where there is nothing yet, and that something is wrong where it is', async () => {
    const opened = await windows.open({
      clients: () => [],
      policy: () => ({ ceiling: 'ask', overrides: [] }),
      activity: () => ({ entries: [], unreadable: 0, next: null }),
      status: () => ({
        version: '0.1.0',
        pid: 1,
        home: '/home/ada/.kosmokrator-desktop',
        startedAt: 0,
        ceiling: 'deny',
        clients: 0,
        pending: 0,
        surfaces: [],
        problems: ['settings.json cannot be read (line 3). Everything is read-only until it is mended.'],
      }),
    })
    const { page, app } = opened
    await page.getByText('No client is connected').waitFor()
    await page.getByText('Nothing happened yet').waitFor()
    await page.getByRole('alert').getByText('settings.json cannot be read (line 3)').waitFor()
    await isFine(opened, 'overview-empty')
    await page.getByRole('button', { name: 'Connect a client…' }).click()
    await page.getByRole('heading', { level: 1, name: 'Clients' }).waitFor()
    await goTo(opened, 'Overview')
    app.handlers.integrations = () => NO_ACCOUNTS
    await app.emit('changed', {})
    await page.getByText('No account is connected yet.').waitFor()
    app.handlers.integrations = () => ONE_ACCOUNT
    await page.getByRole('button', { name: 'Set it up' }).click()
    await page.getByRole('heading', { name: 'Connect your Mattermost' }).waitFor()
  })
})

function isFocused(element: Element): boolean {
  return document.activeElement === element
}
