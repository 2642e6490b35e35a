import { describe, expect, it } from 'vitest'
import { KosmoError } from '../../../shared/errors.ts'
import { ADA, NO_ACCOUNTS, ONE_ACCOUNT } from '../../support/renderer/example-accounts.ts'
import { client } from '../../support/renderer/example-clients.ts'
import { canOpenWindows } from '../../support/renderer/open-window.ts'
import { isInReactMemory } from '../../support/renderer/react-memory.ts'
import {
  isFine,
  type SettingsWindow,
  settle,
  useSettingsWindows,
} from '../../support/renderer/settings-window.ts'

const TOKEN = 'tokentokentokentokentoken1'

describe.skipIf(!canOpenWindows)('the set-up', () => {
  const windows = useSettingsWindows()

  it('leads from nothing to an agent that has come', async () => {
    const opened = await windows.open({ integrations: () => NO_ACCOUNTS, clients: () => [] })
    const { page, app } = opened
    const heading = (name: string) => page.getByRole('heading', { level: 1, name })
    await heading('Connect your Mattermost').waitFor()
    await isFine(opened, 'setup-account')

    await page.getByLabel('Server URL').fill('https://chat.acme.dev')
    await paste(opened, 'Access Token', `  Authorization: Bearer ${TOKEN}\n`)
    expect(await page.getByLabel('Access Token').inputValue()).toBe(TOKEN)
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByText('Ada Lovelace').waitFor()
    await isFine(opened, 'setup-person')
    expect(app.paramsOf('checkAccount')).toEqual([
      {
        integration: 'mattermost',
        account: 'default',
        values: { url: 'https://chat.acme.dev', access_token: TOKEN },
      },
    ])
    expect(app.paramsOf('saveAccount')).toEqual([])
    expect(await isInReactMemory(page, TOKEN)).toBe(false)
    expect(await isInReactMemory(page, 'Ada Lovelace')).toBe(true)
    app.handlers.integrations = () => ONE_ACCOUNT
    await page.getByRole('button', { name: 'This is me, go on' }).click()

    await heading('Where may agents look?').waitFor()
    expect(await heading('Where may agents look?').evaluate(isFocused)).toBe(true)
    expect(app.paramsOf('saveAccount')).toEqual([
      {
        integration: 'mattermost',
        account: 'default',
        values: { url: 'https://chat.acme.dev', access_token: TOKEN },
        unset: [],
        store: 'keychain',
      },
    ])
    expect(await isInReactMemory(page, TOKEN)).toBe(false)
    await page.getByRole('radio', { name: 'Only what I choose' }).click()
    await page.getByRole('checkbox', { name: 'Release train' }).click()
    await isFine(opened, 'setup-scope')
    await page.getByRole('button', { name: 'Go on' }).click()

    await heading('What may agents post?').waitFor()
    expect(app.paramsOf('saveAccount').at(-1)).toEqual({
      integration: 'mattermost',
      account: 'default',
      values: { scope: 'eng/release-train' },
      unset: [],
      store: null,
    })
    await isFine(opened, 'setup-posting')
    await page.getByRole('button', { name: 'Go on' }).click()

    await heading('Connect your agent').waitFor()
    await isFine(opened, 'setup-agent')
    await page.getByRole('button', { name: 'Go on' }).click()

    await heading('Try it').waitFor()
    await page.getByText('No agent has come yet.').waitFor()
    await page.getByRole('button', { name: 'Copy “What happened in ~town-square today?”' }).click()
    await page.getByText('Copied').waitFor()
    expect(app.paramsOf('copyText')).toEqual([{ text: 'What happened in ~town-square today?' }])
    app.handlers.clients = () => [client({ calls: 1 })]
    await app.emit('changed', {})
    await page.getByText('Codex is here and has made 1 call.').waitFor()
    await isFine(opened, 'setup-try')
    await page.getByRole('button', { name: 'Done' }).click()
    await heading('Agents can read. You decide what they post.').waitFor()
  })

  it('says what is wrong with an address or a token before anything is sent', async () => {
    const opened = await windows.open({ integrations: () => NO_ACCOUNTS })
    const { page, app } = opened
    const url = page.getByLabel('Server URL')
    const check = page.getByRole('button', { name: 'Check' })
    await check.click()
    await page.getByText('Server URL is needed.').waitFor()
    expect(await url.evaluate(isFocused)).toBe(true)
    await url.fill('http://chat.acme.dev')
    await page.getByLabel('Access Token').fill('not a token')
    await check.click()
    await page.getByText('plain http would send the token readable over the network').waitFor()
    await page.getByText('This is no token').waitFor()
    await isFine(opened, 'setup-wrong')
    expect(app.paramsOf('checkAccount')).toEqual([])
  })

  it('tells a refused token from a server that is away, and keeps what was typed', async () => {
    const failures = [
      new KosmoError(
        'unauthorized',
        'chat.acme.dev does not take this token: it is wrong, revoked or expired.',
      ),
      new KosmoError('timeout', 'chat.acme.dev did not answer within 30 seconds.'),
    ]
    const opened = await windows.open({
      integrations: () => NO_ACCOUNTS,
      checkAccount() {
        const failure = failures.shift()
        if (failure !== undefined) throw failure
        return ADA
      },
      saveAccount() {
        throw new KosmoError('not_configured', 'This system has no keychain that answers.')
      },
    })
    const { page } = opened
    await page.getByLabel('Server URL').fill('https://chat.acme.dev')
    await page.getByLabel('Access Token').fill(TOKEN)
    const check = page.getByRole('button', { name: 'Check' })
    await check.click()
    await page.getByRole('alert').getByText('wrong, revoked or expired').waitFor()
    await isFine(opened, 'setup-refused')
    await check.click()
    await page.getByText('The server cannot be reached.').waitFor()
    await isFine(opened, 'setup-offline')
    await check.click()
    await page.getByRole('button', { name: 'This is me, go on' }).click()
    await page.getByText('Nothing was stored.').waitFor()
    expect(await page.getByLabel('Access Token').inputValue()).toBe(TOKEN)
    // Whoever was found belongs to what was typed before.
    await page.getByLabel('Server URL').fill('https://other.example.org')
    expect(await page.getByText('Ada Lovelace').count()).toBe(0)
    await page.getByRole('button', { name: 'Check' }).waitFor()
  })

  it('says how to get a token for each kind of account, and opens the documentation in the browser', async () => {
    const opened = await windows.open({ integrations: () => NO_ACCOUNTS })
    const { page, app } = opened
    await page.getByText('Enable Personal Access Tokens').waitFor()
    await page.getByRole('tab', { name: 'A bot account' }).click()
    await page.getByText('Enable Bot Account Creation').waitFor()
    await settle(opened)
    await page.getByRole('button', { name: 'More in Mattermost’s documentation' }).click()
    await expect
      .poll(() => app.paramsOf('openLink')[0]?.url)
      .toMatch(/^https:\/\/developers\.mattermost\.com\//)
    await page.getByRole('tab', { name: 'A bot account' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.getByText('https://your-team.cloud.mattermost.com').waitFor()
    await settle(opened)
  })

  it('can be left for later', async () => {
    const opened = await windows.open({ integrations: () => NO_ACCOUNTS })
    const { page } = opened
    await page.getByRole('button', { name: 'Later' }).click()
    await page.getByText('No account is connected yet.').waitFor()
  })
})

/** Pastes as a person does: the clipboard's text, whatever is around the token. */
async function paste({ page }: SettingsWindow, label: string, text: string): Promise<void> {
  await page.getByLabel(label).evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    element.focus()
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

function isFocused(element: Element): boolean {
  return document.activeElement === element
}
