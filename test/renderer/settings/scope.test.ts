import { describe, expect, it } from 'vitest'
import { KosmoError } from '../../../shared/errors.ts'
import { ADA, account, NO_ACCOUNTS, ONE_ACCOUNT, PLACES } from '../../support/renderer/example-accounts.ts'
import { canOpenWindows } from '../../support/renderer/open-window.ts'
import { isFine, useSettingsWindows } from '../../support/renderer/settings-window.ts'

describe.skipIf(!canOpenWindows)('the scope', () => {
  const windows = useSettingsWindows()
  const limited = (scope: string) => () => ({
    values: { url: 'https://chat.acme.dev', scope },
    secrets: ['access_token'],
  })

  it('is ticked or written, and both say the same', async () => {
    const opened = await windows.open({ accountValues: limited('eng/*, @bob') }, 'Scope')
    const { page, app } = opened
    const text = page.getByLabel('The same as a text')
    const box = (name: string) => page.getByRole('checkbox', { name })
    await box('Town Square').waitFor()
    expect(await text.inputValue()).toBe('eng/*, @bob')
    expect(await box('Engineering').isChecked()).toBe(true)
    expect(await box('Incidents private').isChecked()).toBe(true)
    expect(await box('Alerts').isChecked()).toBe(false)
    await isFine(opened, 'scope')
    await box('Off-Topic').click()
    expect(await text.inputValue()).toBe('@bob, eng/town-square, eng/release-train, eng/incidents')
    expect(await box('Engineering').evaluate(each => (each as HTMLInputElement).indeterminate)).toBe(true)
    await box('Operations').click()
    expect(await text.inputValue()).toContain('ops/*')
    await text.fill('ops/alerts, @bob')
    expect(await box('Alerts').isChecked()).toBe(true)
    expect(await box('Town Square').isChecked()).toBe(false)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Stored. It counts from the next call on.').waitFor()
    expect(app.paramsOf('saveAccount')).toEqual([
      {
        integration: 'mattermost',
        account: 'default',
        values: { scope: 'ops/alerts, @bob' },
        unset: [],
        store: null,
      },
    ])
  })

  it('is taken off only on purpose: nothing chosen is nothing stored', async () => {
    const opened = await windows.open({ accountValues: limited('ops/alerts') }, 'Scope')
    const { page, app } = opened
    await page.getByRole('checkbox', { name: 'Alerts' }).click()
    await page.getByText('Nothing is chosen yet.').waitFor()
    await isFine(opened, 'scope-nothing')
    const save = page.getByRole('button', { name: 'Save' })
    await save.click({ force: true })
    expect(app.paramsOf('saveAccount')).toEqual([])
    await page.getByLabel('The same as a text').fill('ops/alerts/more')
    await page.getByText('"ops/alerts/more" is none of team').waitFor()
    await save.click({ force: true })
    expect(app.paramsOf('saveAccount')).toEqual([])
    await page.getByRole('radio', { name: 'Everything @ada can see' }).click()
    await save.click()
    await expect
      .poll(() => app.paramsOf('saveAccount'))
      .toEqual([{ integration: 'mattermost', account: 'default', values: {}, unset: ['scope'], store: null }])
  })

  it('can be written without the server, which is asked again on request', async () => {
    const opened = await windows.open(
      {
        accountValues: limited('eng/*'),
        placesOf() {
          throw new KosmoError('network', 'chat.acme.dev does not answer.')
        },
      },
      'Scope',
    )
    const { page, app } = opened
    await page.getByText('The server cannot be reached.').waitFor()
    await isFine(opened, 'scope-offline')
    await page.getByLabel('The same as a text').fill('eng/*, ops/*')
    app.handlers.placesOf = () => PLACES
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('checkbox', { name: 'Alerts' }).waitFor()
    expect(await page.getByRole('checkbox', { name: 'Alerts' }).isChecked()).toBe(true)
  })

  it('keeps what is typed when it is changed elsewhere, and says so', async () => {
    const opened = await windows.open({ accountValues: limited('eng/*') }, 'Scope')
    const { page, app } = opened
    const text = page.getByLabel('The same as a text')
    await text.fill('eng/*, ops/alerts')
    app.handlers.accountValues = limited('@bob')
    await app.emit('changed', {})
    await page.getByText('It was changed elsewhere meanwhile.').waitFor()
    expect(await text.inputValue()).toBe('eng/*, ops/alerts')
    await isFine(opened, 'scope-overtaken')
    await page.getByRole('button', { name: 'Take that one' }).click()
    expect(await text.inputValue()).toBe('@bob')
  })

  it('keeps what is typed while it is being stored', async () => {
    const answers: (() => void)[] = []
    const opened = await windows.open(
      {
        accountValues: limited('eng/*'),
        saveAccount: () => new Promise(resolve => answers.push(() => resolve({ person: ADA, warnings: [] }))),
      },
      'Scope',
    )
    const { page, app } = opened
    const text = page.getByLabel('The same as a text')
    await text.fill('eng/*, @bob')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => answers.length).toBe(1)
    await text.fill('eng/*, @bob, @eve')
    app.handlers.accountValues = limited('eng/*, @bob')
    answers[0]?.()
    await expect.poll(() => app.paramsOf('accountValues').length).toBe(2)
    await page.getByText('It was changed elsewhere meanwhile.').waitFor({ state: 'detached' })
    expect(await text.inputValue()).toBe('eng/*, @bob, @eve')
    expect(await page.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBeNull()
  })

  it('finds a channel among many, for the account that was chosen', async () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      channel: `team-${index}`,
      title: `Team ${index}`,
      kind: 'public' as const,
    }))
    const two = ONE_ACCOUNT.map(each => ({
      ...each,
      accounts: [...each.accounts, account('work', { user: '@bot' })],
    }))
    const opened = await windows.open(
      {
        integrations: () => two,
        accountValues: limited('eng/team-7'),
        placesOf: ({ account: alias }) =>
          alias === 'default' ? [] : [{ team: 'eng', title: 'Engineering', channels: many }],
      },
      'Scope',
    )
    const { page } = opened
    await page.getByText('This account is in no team').waitFor()
    await page.getByRole('combobox', { name: 'Account' }).selectOption('@bot on chat.acme.dev (work)')
    await page.getByText('1 of 300 channels').waitFor()
    expect(await page.getByRole('checkbox').count()).toBeLessThan(80)
    await isFine(opened, 'scope-many')
    await page.getByRole('searchbox', { name: 'Find a team or channel' }).fill('team 299')
    await page.getByRole('checkbox', { name: 'Team 299' }).click()
    expect(await page.getByLabel('The same as a text').inputValue()).toBe('eng/team-7, eng/team-299')
    await page.getByRole('searchbox').fill('nowhere')
    await page.getByText('No team or channel of that name.').waitFor()
  })

  it('says what comes next where there is no account', async () => {
    const opened = await windows.open({}, 'Scope')
    const { page, app } = opened
    app.handlers.integrations = () => NO_ACCOUNTS
    await app.emit('changed', {})
    await page.getByText('No account yet').waitFor()
    await isFine(opened, 'scope-empty')
    await page.getByRole('button', { name: 'Add an account…' }).click()
    await page.getByRole('heading', { level: 1, name: 'Accounts' }).waitFor()
  })
})
