import { describe, expect, it } from 'vitest'
import { KosmoError } from '../../../shared/errors.ts'
import { ADA, account, ONE_ACCOUNT } from '../../support/renderer/example-accounts.ts'
import { canOpenWindows } from '../../support/renderer/open-window.ts'
import { isInReactMemory } from '../../support/renderer/react-memory.ts'
import { goTo, isFine, settle, useSettingsWindows } from '../../support/renderer/settings-window.ts'

const TOKEN = 'tokentokentokentokentoken1'
const WORK = account('work', { user: '@bot', url: 'https://work.example.org/chat', store: 'file' })
const [MATTERMOST] = ONE_ACCOUNT
const TWO = ONE_ACCOUNT.map(each => ({ ...each, accounts: [...each.accounts, WORK] }))

describe.skipIf(!canOpenWindows)('the accounts', () => {
  const windows = useSettingsWindows()

  it('are listed with whose they are, what the server says of each, and where the token is', async () => {
    const opened = await windows.open(
      {
        integrations: () => TWO,
        checkAccount({ account: alias }) {
          if (alias === 'default') return { ...ADA, warnings: ['@ada is a system administrator.'] }
          throw new KosmoError('unauthorized', 'work.example.org does not take this token any more.')
        },
      },
      'Accounts',
    )
    const { page } = opened
    const rows = page.getByRole('region', { name: 'Mattermost', exact: true }).getByRole('listitem')
    await page.getByText('Works · checked just now').waitFor()
    await page.getByText('does not take this token any more').waitFor()
    const [ada, work] = await rows.allInnerTexts()
    expect(ada).toMatch(
      /Ada Lovelace[\s\S]*@ada on chat\.acme\.dev[\s\S]*keychain[\s\S]*system administrator/,
    )
    expect(work).toMatch(/@bot on work\.example\.org\/chat[\s\S]*file, not encrypted/)
    await isFine(opened, 'accounts')
  })

  it('take a new token without showing the old one, check it, and keep nothing of it', async () => {
    const opened = await windows.open({}, 'Accounts')
    const { page, app } = opened
    await page.getByRole('button', { name: 'Change…' }).click()
    const token = page.getByLabel('Access Token')
    await token.waitFor()
    expect(await token.inputValue()).toBe('')
    expect(await token.getAttribute('placeholder')).toContain('stored')
    expect(await page.getByLabel('Server URL').inputValue()).toBe('https://chat.acme.dev')
    await isFine(opened, 'accounts-change')
    await token.fill(TOKEN)
    // What others change meanwhile leaves alone what is typed.
    await app.emit('changed', {})
    expect(await token.inputValue()).toBe(TOKEN)
    await page.getByRole('button', { name: 'Check' }).last().click()
    await page.getByRole('button', { name: 'Save' }).click()
    await token.waitFor({ state: 'detached' })
    expect(app.paramsOf('saveAccount')).toEqual([
      {
        integration: 'mattermost',
        account: 'default',
        values: { access_token: TOKEN },
        unset: [],
        store: null,
      },
    ])
    expect(await isInReactMemory(page, TOKEN)).toBe(false)
  })

  it('forget a typed token when the section is left', async () => {
    const opened = await windows.open({}, 'Accounts')
    const { page } = opened
    await page.getByRole('button', { name: 'Change…' }).click()
    await page.getByLabel('Access Token').fill(TOKEN)
    await page.getByLabel('Server URL').fill('https://chat.acme.dev/new')
    await page.getByRole('button', { name: 'Check' }).last().click()
    await page.getByRole('button', { name: 'Save' }).waitFor()
    await goTo(opened, 'About')
    await goTo(opened, 'Accounts')
    expect(await page.getByLabel('Access Token').inputValue()).toBe('')
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
    expect(await page.getByLabel('Server URL').inputValue()).toBe('https://chat.acme.dev/new')
  })

  it('are of nobody while the token is another one than the server was asked about', async () => {
    const asked = Promise.withResolvers<void>()
    const answer = Promise.withResolvers<typeof ADA>()
    const checkAccount: (question: { values: object }) => Promise<typeof ADA> = async ({ values }) => {
      if (!('access_token' in values)) return ADA
      asked.resolve()
      return answer.promise
    }
    const opened = await windows.open({ checkAccount }, 'Accounts')
    const { page, app } = opened
    await page.getByRole('button', { name: 'Change…' }).click()
    await page.getByLabel('Access Token').fill(TOKEN)
    const check = page.getByRole('button', { name: 'Check' }).last()
    await check.click()
    await asked.promise
    await page.getByLabel('Access Token').fill('anothertokenofanotherperson')
    answer.resolve(ADA)
    await page.locator('form [data-busy]').waitFor({ state: 'detached' })
    await settle(opened)
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
    expect(app.paramsOf('saveAccount')).toEqual([])
  })

  it('can be several: a further one has a name of its own and a place that the person chose', async () => {
    const opened = await windows.open({}, 'Accounts')
    const { page, app } = opened
    await page.getByRole('button', { name: 'Add an account…' }).click()
    const name = page.getByLabel('Name of this account')
    await name.fill('default')
    await page.getByLabel('Server URL').fill('https://work.example.org')
    await page.getByLabel('Access Token').fill(TOKEN)
    const check = page.getByRole('button', { name: 'Check' }).last()
    await check.click()
    await page.getByText('There is an account of this name already.').waitFor()
    await name.fill('work')
    await page.getByText('Where it is kept, and how the server is reached').click()
    await page.getByRole('radio', { name: 'In a file that only you can read' }).click()
    await isFine(opened, 'accounts-add')
    await check.click()
    await page.getByRole('button', { name: 'Save' }).click()
    await name.waitFor({ state: 'detached' })
    expect(app.paramsOf('saveAccount')[0]).toMatchObject({ account: 'work', store: 'file' })
  })

  it('are removed only after a word on what that means, and the focus is not lost', async () => {
    const opened = await windows.open({ integrations: () => TWO }, 'Accounts')
    const { page, app } = opened
    await page.getByRole('button', { name: 'Remove…' }).last().click()
    await settle(opened)
    const dialog = page.getByRole('alertdialog', { name: 'Remove Ada Lovelace on work.example.org/chat?' })
    await dialog.getByText('stays valid until you delete it there').waitFor()
    await isFine(opened, 'accounts-remove')
    app.handlers.integrations = () => ONE_ACCOUNT
    await dialog.getByRole('button', { name: 'Remove the account' }).click()
    await settle(opened)
    await expect
      .poll(() => app.paramsOf('removeAccount'))
      .toEqual([{ integration: 'mattermost', account: 'work' }])
    await page.getByText('work.example.org').waitFor({ state: 'detached' })
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  })

  it('are limited as a whole; to take a limit off is said first', async () => {
    const limited = ONE_ACCOUNT.map(each => ({ ...each, write: 'ask' as const, read: 'deny' as const }))
    const opened = await windows.open({ integrations: () => limited }, 'Accounts')
    const { page, app } = opened
    const read = page.getByRole('switch', { name: 'Read' })
    expect(await read.isChecked()).toBe(false)
    await read.click()
    await page.getByRole('switch', { name: 'Use it at all' }).click()
    const post = page.getByRole('combobox', { name: 'What may be posted in Mattermost at most' })
    await post.selectOption('Read-only')
    await expect
      .poll(() => app.paramsOf('setPermission'))
      .toEqual([
        { integration: 'mattermost', read: 'allow' },
        { integration: 'mattermost', enabled: false },
        { integration: 'mattermost', write: 'deny' },
      ])
    await post.selectOption('No limit of its own')
    await settle(opened)
    await page.getByRole('alertdialog', { name: 'Take the limit off Mattermost?' }).waitFor()
    await isFine(opened, 'accounts-limit')
    expect(app.paramsOf('setPermission')).toHaveLength(3)
  })

  it('say what comes next where there is none', async () => {
    const opened = await windows.open({}, 'Accounts')
    const { page, app } = opened
    if (MATTERMOST === undefined) throw new Error('no integration')
    app.handlers.integrations = () => [{ ...MATTERMOST, accounts: [] }]
    await app.emit('changed', {})
    await page.getByText('No account yet').waitFor()
    await isFine(opened, 'accounts-empty')
    await page.getByRole('button', { name: 'Add an account…' }).click()
    await page.getByLabel('Server URL').waitFor()
    expect(await page.getByLabel('Name of this account').count()).toBe(0)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('No account yet').waitFor()
  })
})
