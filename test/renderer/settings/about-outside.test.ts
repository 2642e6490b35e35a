import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { KosmoError } from '../../../shared/errors.ts'
import { canOpenWindows } from '../../support/renderer/open-window.ts'
import { isFine, settle, useSettingsWindows } from '../../support/renderer/settings-window.ts'

/** Presses Tab until what is named has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const on: string[] = []
  while (on.length < 60) {
    await page.keyboard.press('Tab')
    on.push(await page.evaluate(() => document.activeElement?.textContent ?? ''))
    if (on.at(-1) === name) return
  }
  throw new Error(`Tab never reaches ${name}, but ${on.join(', ')}`)
}

describe.skipIf(!canOpenWindows)('what was put outside of our folder', () => {
  const windows = useSettingsWindows()

  it('kosmo on the PATH: how it stands, what would be written, and only then is it written', async () => {
    const opened = await windows.open({}, 'About')
    const { page, app } = opened
    const card = page.getByRole('region', { name: 'In your terminal' })
    await card.getByText('not on your PATH', { exact: true }).waitFor()
    await isFine(opened, 'about-command')
    await card.getByRole('button', { name: 'Put kosmo on the PATH…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('export PATH="$HOME/.local/bin:$PATH"').waitFor()
    await dialog.getByText('~/.bashrc', { exact: true }).waitFor()
    await isFine(opened, 'about-command-plan')
    expect(app.paramsOf('planOutside')).toEqual([{ action: 'command' }])
    expect(app.paramsOf('applyOutside')).toEqual([])
    app.handlers.applyOutside = () => ({ done: ['kosmo is in its place.'], failed: [] })
    app.handlers.shellCommand = () => ({
      state: 'ready',
      said: '/home/ada/.local/bin/kosmo starts this program.',
      canInstall: false,
      canRemove: true,
    })
    await dialog.getByRole('button', { name: 'Write this' }).click()
    await dialog.getByText('kosmo is in its place.').waitFor()
    expect(app.paramsOf('applyOutside')).toEqual([{ fingerprint: 'f-command' }])
    await dialog.getByRole('button', { name: 'Done' }).click()
    await card.getByText('on your PATH', { exact: true }).waitFor()
    expect(await card.getByRole('button', { name: 'Put kosmo on the PATH…' }).count()).toBe(0)
    await card.getByRole('button', { name: 'Take it off the PATH…' }).waitFor()
  })

  it('disconnects everything: what goes, what stays and why, and what came of it', async () => {
    const opened = await windows.open({}, 'About')
    const { page, app } = opened
    await page.getByRole('button', { name: 'Disconnect everything…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('[mcp_servers.kosmokrator-mattermost]').waitFor()
    await dialog.getByText('cannot be understood at line 3').waitFor()
    await isFine(opened, 'about-leave')
    await dialog.getByRole('button', { name: 'Undo all of this' }).click()
    await dialog.getByText('Command: gone.').waitFor()
    await dialog.getByText('Cursor: Its settings cannot be understood').waitFor()
    await isFine(opened, 'about-left')
    expect(app.paramsOf('applyOutside')).toEqual([{ fingerprint: 'f-everything' }])
  })

  it('disconnects everything by the keyboard alone, and ends where it began', async () => {
    const { page, app } = await windows.open({}, 'About')
    const opener = page.getByRole('button', { name: 'Disconnect everything…' })
    await opener.waitFor()
    await tabTo(page, 'Disconnect everything…')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText('[mcp_servers.kosmokrator-mattermost]').waitFor()
    await tabTo(page, 'Undo all of this')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText('Command: gone.').waitFor()
    expect(app.paramsOf('applyOutside')).toEqual([{ fingerprint: 'f-everything' }])
    await tabTo(page, 'Done')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => opener.evaluate(each => each === document.activeElement)).toBe(true)
  })

  it('says why something cannot be done, and shows it anew', async () => {
    const opened = await windows.open(
      {
        shellCommand: () => ({
          state: 'shadowed',
          said: '/usr/bin/kosmo starts another KosmoKrator than this one.',
          canInstall: true,
          canRemove: false,
        }),
        applyOutside: () => {
          throw new KosmoError('refused', '~/.bashrc has changed since this was shown; look again.')
        },
      },
      'About',
    )
    const { page, app } = opened
    await page.getByText('shadowed by another').waitFor()
    await page.getByRole('button', { name: 'Put kosmo on the PATH…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Write this' }).click()
    await dialog.getByText('has changed since this was shown').waitFor()
    app.handlers.planOutside = () => ({
      kind: 'refused',
      why: '~/.local/bin/kosmo is there and KosmoKrator did not write it.',
    })
    await dialog.getByRole('button', { name: 'Show it anew' }).click()
    await dialog.getByText('KosmoKrator did not write it').waitFor()
    await settle(opened)
    expect(await dialog.getByRole('button', { name: 'Write this' }).count()).toBe(0)
  })
})
