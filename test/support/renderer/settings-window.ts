import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { axeFindings } from './axe-findings.ts'
import { type OpenedWindow, picture, useWindows, type WindowLook } from './open-window.ts'
import { type SettingsHandlers, settingsHandlers } from './settings-world.ts'

export type SettingsWindow = OpenedWindow<'settings'>

/** As large as the window is when it is new. */
const SIZE = { width: 900, height: 600 }

/** Windows of the settings, with an app behind each that answers everything. */
export function useSettingsWindows() {
  const windows = useWindows()
  return {
    /** @param section its title, e.g. `Scope`; the first one where it is left out */
    async open(
      changes: SettingsHandlers = {},
      section?: string,
      look: WindowLook = {},
    ): Promise<SettingsWindow> {
      const opened = await windows.open('settings', settingsHandlers(changes), { ...SIZE, ...look })
      // A test that waits in vain says for what, before it runs out of time.
      opened.page.setDefaultTimeout(8_000)
      await opened.page.locator('main').waitFor()
      if (section !== undefined) await goTo(opened, section)
      return opened
    },
  }
}

/** Chooses a section of the navigation. */
export async function goTo({ page }: SettingsWindow, section: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: section }).click()
}

/** What of the page is on the screen; sections that were visited are still there, out of sight. */
export function shown({ page }: SettingsWindow): Locator {
  return page.locator('main > .page').filter({ visible: true })
}

/** Lets what moves come to rest: frames and short timers of the page. */
export async function settle({ runFor }: SettingsWindow): Promise<void> {
  await runFor(50)
}

/** Nothing is wrong with it for those who do not see it, and there is a picture for those who do. */
export async function isFine(opened: SettingsWindow, name: string): Promise<void> {
  await settle(opened)
  expect(await axeFindings(opened), name).toEqual([])
  await pictures(opened, name)
}

const LOOKS = [
  { suffix: 'light', colorScheme: 'light', ...SIZE },
  { suffix: 'dark', colorScheme: 'dark', ...SIZE },
  { suffix: 'light-narrow', colorScheme: 'light', width: 480, height: 600 },
  { suffix: 'dark-narrow', colorScheme: 'dark', width: 480, height: 600 },
] as const

async function pictures(opened: SettingsWindow, name: string): Promise<void> {
  if (process.env.KOSMO_SCREENS === undefined) return
  const { page } = opened
  const before = page.viewportSize() ?? SIZE
  for (const { suffix, colorScheme, width, height } of LOOKS) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height })
    const content = await page.evaluate(() => {
      const main = document.querySelector('main')
      return main === null ? 0 : main.scrollHeight + main.getBoundingClientRect().top
    })
    await page.setViewportSize({ width, height: Math.max(height, content) })
    await picture(opened, `${name}-${suffix}`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(before)
}
