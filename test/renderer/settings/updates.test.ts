import { describe, expect, it } from 'vitest'
import { KosmoError } from '../../../shared/errors.ts'
import type { UpdateState } from '../../../shared/updates/update-state.ts'
import { canOpenWindows, NOW } from '../../support/renderer/open-window.ts'
import { isFine, useSettingsWindows } from '../../support/renderer/settings-window.ts'
import { UPDATES } from '../../support/renderer/settings-world.ts'

const FOUND = {
  version: '0.2.0',
  notes: '### Added\n\n- Threads are told apart.\n\n<img src=x onerror=alert(1)> https://evil.example',
}

describe.skipIf(!canOpenWindows)('updates', () => {
  const windows = useSettingsWindows()
  const open = (state: UpdateState, rest: Partial<typeof UPDATES> = {}) =>
    windows.open({ updates: () => ({ ...UPDATES, ...rest, state }) }, 'About')

  it('are looked for, downloaded and installed by a click each, and what a release says is a text', async () => {
    const opened = await open({ kind: 'newest', at: NOW - 60_000 })
    const { page, app } = opened
    const card = page.getByRole('region', { name: 'Updates' })
    await card.getByText('This is the newest version · looked 1 min ago').waitFor()
    await isFine(opened, 'updates-newest')
    const become = (state: UpdateState) => {
      app.handlers.updates = () => ({ ...UPDATES, state })
    }
    become({ kind: 'found', ...FOUND })
    await card.getByRole('button', { name: 'Check for updates' }).click()
    await card.getByText('Version 0.2.0 is there').waitFor()
    await card.getByText('What its release says').click()
    await card.getByText('<img src=x onerror=alert(1)> https://evil.example').waitFor()
    expect(await card.locator('img, a').count()).toBe(0)
    await isFine(opened, 'updates-found')
    become({ kind: 'downloading', ...FOUND, percent: 42 })
    await card.getByRole('button', { name: 'Download' }).click()
    expect(await card.getByRole('progressbar').getAttribute('value')).toBe('42')
    expect(await card.getByRole('button', { name: 'Check for updates' }).getAttribute('aria-disabled')).toBe(
      'true',
    )
    await isFine(opened, 'updates-downloading')
    become({ kind: 'ready', ...FOUND, atQuit: false })
    await app.emit('changed', {})
    await card.getByText('Version 0.2.0 can be installed').waitFor()
    await isFine(opened, 'updates-ready')
    await card.getByRole('switch', { name: 'Install it when I quit KosmoKrator' }).click()
    await card.getByRole('button', { name: 'Restart and install' }).click()
    await expect.poll(() => app.paramsOf('installUpdate')).toEqual([{ when: 'quit' }, { when: 'now' }])
    expect([app.paramsOf('lookForUpdates').length, app.paramsOf('downloadUpdate').length]).toEqual([1, 1])
  })

  it('wait while something waits, say so, and are offered when it is done', async () => {
    const held = 'A post waits for your answer. Decide on it first: to restart would drop it.'
    const ready: UpdateState = { kind: 'ready', ...FOUND, atQuit: true }
    const opened = await open(ready, { held, canWaitForQuit: false })
    const { page, app } = opened
    const install = page.getByRole('button', { name: 'Restart and install' })
    await page.getByText(held).waitFor()
    await install.click({ force: true })
    expect(app.paramsOf('installUpdate')).toEqual([])
    expect(await page.getByRole('switch', { name: /Install it when I quit/ }).count()).toBe(0)
    await isFine(opened, 'updates-held')
    app.handlers.updates = () => ({ ...UPDATES, state: ready })
    // What came meanwhile the app finds first.
    app.handlers.installUpdate = () => {
      throw new KosmoError('refused', 'A post is being sent.')
    }
    await app.emit('changed', {})
    await page.getByText(held).waitFor({ state: 'detached' })
    await install.click()
    await page.getByText('A post is being sent.').waitFor()
  })

  it('that failed say why, and can be tried again', async () => {
    const why =
      'The new version was not downloaded: what came is not what was released (its SHA-512 differs), so it was thrown away. Try again; if it stays, somebody is in between.'
    const opened = await open({ kind: 'failed', why, found: FOUND })
    const { page, app } = opened
    await page.getByText(why).waitFor()
    await isFine(opened, 'updates-failed')
    await page.getByRole('region', { name: 'Updates' }).getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => app.paramsOf('downloadUpdate').length).toBe(1)
  })

  it('are not looked for of themselves until that is turned on', async () => {
    const { page, app } = await open({ kind: 'idle' })
    const daily = page.getByRole('switch', { name: 'Look for a newer version once a day' })
    expect(await daily.getAttribute('aria-checked')).toBe('false')
    await daily.click()
    await expect.poll(() => app.paramsOf('setDailyLook')).toEqual([{ on: true }])
    expect(app.paramsOf('lookForUpdates')).toEqual([])
  })

  it('that come from elsewhere say from where', async () => {
    const how = 'This came as a Debian package: install the newer .deb with apt.'
    const opened = await open({ kind: 'elsewhere', how })
    const card = opened.page.getByRole('region', { name: 'Updates' })
    await card.getByText(how).waitFor()
    expect(await card.getByRole('button').count()).toBe(0)
    await isFine(opened, 'updates-elsewhere')
  })
})
