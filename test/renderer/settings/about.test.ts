import { describe, expect, it } from 'vitest'
import { KosmoError } from '../../../shared/errors.ts'
import { canOpenWindows } from '../../support/renderer/open-window.ts'
import { isFine, settle, useSettingsWindows } from '../../support/renderer/settings-window.ts'

describe.skipIf(!canOpenWindows)('about', () => {
  const windows = useSettingsWindows()

  it('tells versions, whether everything is well, and what to do where it is not', async () => {
    const opened = await windows.open({}, 'About')
    const { page, app } = opened
    const findings = page.getByRole('region', { name: 'Is everything well?' }).getByRole('listitem')
    await findings.first().waitFor()
    expect((await findings.allInnerTexts()).map(text => text.replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/^well The app answers/),
      expect.stringMatching(/^careful Codex Version 0\.125 is old\. Update Codex/),
      expect.stringMatching(/^broken Cursor .* Open Clients and choose Repair/),
      expect.stringMatching(/^not checked Keychain/),
    ])
    await page.getByText('156.0.8078.108').waitFor()
    await page.getByText('~/.kosmokrator-desktop').waitFor()
    await isFine(opened, 'about')
    app.handlers.doctor = () => []
    await page.getByRole('button', { name: 'Look again' }).click()
    await page.getByText('Nothing was looked at').waitFor()
    expect(app.paramsOf('doctor')).toHaveLength(2)
  })

  it('keeps texts of posts only after a warning', async () => {
    const opened = await windows.open({}, 'About')
    const { page, app } = opened
    const keep = page.getByRole('switch', { name: 'Keep the texts of posts in the activity log' })
    await keep.click()
    await settle(opened)
    const dialog = page.getByRole('alertdialog')
    await dialog.getByText('not encrypted, private messages among them').waitFor()
    await isFine(opened, 'about-texts')
    expect(app.paramsOf('setPreferences')).toEqual([])
    app.handlers.preferences = () => ({ waitSeconds: null, auditText: true })
    await dialog.getByRole('button', { name: 'Keep them' }).click()
    await settle(opened)
    await expect.poll(() => keep.isChecked()).toBe(true)
    await keep.click()
    await expect
      .poll(() => app.paramsOf('setPreferences'))
      .toEqual([
        { waitSeconds: null, auditText: true },
        { waitSeconds: null, auditText: false },
      ])
  })

  it('takes how long agents wait, in whole seconds that make sense', async () => {
    const opened = await windows.open({}, 'About')
    const { page, app } = opened
    const field = page.getByLabel('Seconds that an agent waits for your answer')
    await field.fill('4')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Write whole seconds from 5 to 3600, or nothing.').waitFor()
    await isFine(opened, 'about-wait')
    await field.fill('90')
    const answers: (() => void)[] = []
    app.handlers.preferences = () =>
      new Promise(resolve => answers.push(() => resolve({ waitSeconds: 90, auditText: false })))
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' })
    expect(app.paramsOf('setPreferences')).toEqual([{ waitSeconds: 90, auditText: false }])
    // What was stored is not taken back from the screen while the app has not told it yet.
    await expect.poll(() => answers.length).toBe(1)
    expect(await field.inputValue()).toBe('90')
    app.handlers.preferences = () => ({ waitSeconds: 120, auditText: false })
    answers[0]?.()
    await app.emit('changed', {})
    await expect.poll(() => field.inputValue()).toBe('120')
    await field.fill('')
    await page.keyboard.press('Enter')
    await expect.poll(() => app.paramsOf('setPreferences').at(-1)?.waitSeconds).toBe(null)
  })

  it('starts with the session where the system lets it, and says why where it does not', async () => {
    const opened = await windows.open(
      {
        desktop: () => ({
          notifications: { kind: 'unknown' },
          tray: {
            kind: 'missing',
            why: 'This desktop shows no tray icons. Start KosmoKrator again to open this window.',
          },
        }),
      },
      'About',
    )
    const { page, app } = opened
    await page.getByText('There is no place for the tray icon.').waitFor()
    app.handlers.loginItem = () => ({ kind: 'on' })
    const start = page.getByRole('switch', { name: 'Start when I log in' })
    await start.click()
    await expect.poll(() => start.isChecked()).toBe(true)
    expect(app.paramsOf('setLoginItem')).toEqual([{ on: true }])
    app.handlers.loginItem = () => ({ kind: 'unavailable', why: 'It has to be moved to Applications first.' })
    await app.emit('changed', {})
    await page.getByText('It has to be moved to Applications first.').waitFor()
    expect(await start.isDisabled()).toBe(true)
    await isFine(opened, 'about-no-tray')
  })

  it('says what failed, part by part', async () => {
    const fail = (what: string) => () => {
      throw new KosmoError('internal', `${what} cannot be read.`)
    }
    const opened = await windows.open(
      { doctor: fail('The doctor'), preferences: fail('settings.json'), loginItem: fail('The login item') },
      'About',
    )
    const { page, app } = opened
    await page.getByText('The doctor cannot be read.').waitFor()
    await page.getByText('settings.json cannot be read.').waitFor()
    await page.getByText('The login item cannot be read.').waitFor()
    await isFine(opened, 'about-failed')
    app.handlers.preferences = () => ({ waitSeconds: 60, auditText: false })
    await page.getByRole('button', { name: 'Try again' }).nth(1).click()
    await page.getByLabel('Seconds that an agent waits').waitFor()
  })
})
